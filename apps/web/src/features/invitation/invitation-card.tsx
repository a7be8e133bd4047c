import { Hidden } from "@herald/ui/hidden";
import { LoneCard, LoneCardMark } from "@herald/ui/lone-card";
import { wordsOf } from "../../words/reader.server.ts";
import { Invitation, type InvitationProps } from "./invitation.client.tsx";

/** Outside every workspace: whoever opens a link is nobody yet. */
export function InvitationCard(props: InvitationProps) {
  const t = wordsOf("invitation");
  return (
    <LoneCard size="wide">
      <LoneCardMark>Herald</LoneCardMark>
      <Hidden as="h1">{t("title")}</Hidden>
      <Invitation {...props} />
    </LoneCard>
  );
}
