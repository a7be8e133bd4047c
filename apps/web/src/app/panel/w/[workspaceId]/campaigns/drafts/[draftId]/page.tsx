import { redirect } from "next/navigation";
import { stepToGoOn } from "../../../../../../../features/wizard/step-to-go-on.ts";
import { readMember } from "../../../../../../../panel/member.ts";

/** A draft without a step: to the first one that is not done. */
export default async function DraftPage({
  params,
}: {
  readonly params: Promise<{ readonly workspaceId: string; readonly draftId: string }>;
}) {
  const { workspaceId, draftId } = await params;
  redirect(`/panel/w/${workspaceId}/campaigns/drafts/${draftId}/${await stepToGoOn(await readMember(workspaceId), draftId)}`);
}
