import { wordsOf } from "../../words/reader.server.ts";
import classes from "./sign-in.module.css";
import { SignInForm } from "./sign-in-form.client.tsx";

export function SignIn({ next }: { readonly next: string }) {
  const t = wordsOf("signIn");
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <header className={classes.head}>
          <p className={classes.mark}>Herald</p>
          <h1 className={classes.title}>{t("title")}</h1>
          <p className={classes.promise}>{t("promise")}</p>
        </header>
        <SignInForm next={next} />
        <p className={classes.help}>{t("help")}</p>
      </div>
    </main>
  );
}
