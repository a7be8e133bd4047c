import { redirect } from "next/navigation";
import { NoWorkspace } from "../../features/shell/no-workspace.tsx";
import { readMemberships } from "../../panel/member.ts";

/** To the first workspace of the signed-in person. */
export default async function PanelPage() {
  const [first] = await readMemberships();
  if (first) redirect(`/panel/w/${first.workspaceId}/campaigns`);
  return <NoWorkspace />;
}
