import { LoneCard, LoneCardMark, LoneCardTitle } from "@herald/ui/lone-card";
import { wordsOf } from "../../words/reader.server.ts";
import classes from "./sign-in.module.css";
import { SignInForm } from "./sign-in-form.client.tsx";

export function SignIn({ next }: { readonly next: string }) {
  const t = wordsOf("signIn");
  return (
    <LoneCard>
      <header className={classes.head}>
        <LoneCardMark>Herald</LoneCardMark>
        <LoneCardTitle>{t("title")}</LoneCardTitle>
        <p className={classes.promise}>{t("promise")}</p>
      </header>
      <SignInForm next={next} />
      <p className={classes.help}>{t("help")}</p>
    </LoneCard>
  );
}
