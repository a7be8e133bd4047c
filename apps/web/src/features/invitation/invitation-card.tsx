import { wordsOf } from "../../words/reader.server.ts";
import { Invitation, type InvitationProps } from "./invitation.client.tsx";
import classes from "./invitation.module.css";

/** Outside every workspace: whoever opens a link is nobody yet. */
export function InvitationCard(props: InvitationProps) {
  const t = wordsOf("invitation");
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <p className={classes.mark}>Herald</p>
        <h1 className={classes.hidden}>{t("title")}</h1>
        <Invitation {...props} />
      </div>
    </main>
  );
}
