import { NoRightState } from "@herald/ui/no-right-state";
import { PageHeader, Panel } from "@herald/ui/page-header";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import type { Member } from "../../panel/member.ts";
import { ClientWords } from "../../words/client-words.tsx";
import { wordsOf } from "../../words/reader.server.ts";
import { WizardFrame } from "./frame/frame.client.tsx";
import { WizardProvider } from "./frame/wizard.client.tsx";
import { readDraft } from "./read-draft.ts";
import { readSample } from "./read-people.ts";
import { readSenders } from "./read-senders.ts";
import { findTemplate } from "./read-templates.ts";

/** The draft that all five steps are about; it stays while one goes from step to step. A launched draft is its campaign. */
export async function WizardLayout({
  member,
  draftId,
  children,
}: {
  readonly member: Member;
  readonly draftId: string;
  readonly children: ReactNode;
}) {
  if (!member.allows("campaign.write")) return <NoComposeRight />;
  const [draft, senders, sample] = await Promise.all([readDraft(member, draftId), readSenders(member), readSample(member)]);
  if (draft.launchedCampaignId !== null) redirect(`/panel/w/${member.workspaceId}/campaigns/${draft.launchedCampaignId}`);
  const { senderId, template } = draft.saved.content;
  const sourceId = senders.find((sender) => sender.senderId === senderId)?.sourceId;
  return (
    <ClientWords parts={["wizard"]}>
      <WizardProvider
        workspaceId={member.workspaceId}
        userId={member.userId}
        draftId={draft.draftId}
        saved={draft.saved}
        maySend={member.allows("campaign.send")}
        senders={senders}
        template={template && sourceId ? await findTemplate(member, sourceId, template) : null}
        sample={sample}
      >
        <WizardFrame>{children}</WizardFrame>
      </WizardProvider>
    </ClientWords>
  );
}

/** Reading campaigns is for everybody of the workspace; composing one is not. */
export function NoComposeRight() {
  const t = wordsOf("wizard");
  return (
    <>
      <PageHeader title={t("titles.new")} />
      <Panel title={t("noRight.compose.panel")}>
        <NoRightState title={t("noRight.compose.title")}>{t("noRight.compose.text")}</NoRightState>
      </Panel>
    </>
  );
}
