import { listInvitations, listMembers, reachableRoles } from "@herald/identity";
import { expectOk } from "@herald/kernel";
import type { Metadata } from "next";
import { MembersScreen } from "../../../../../../features/settings/members-screen.tsx";
import { readMember } from "../../../../../../panel/member.ts";
import { ClientWords } from "../../../../../../words/client-words.tsx";
import { readZone, wordsOf } from "../../../../../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("settings")("members.title") });

export default async function MembersPage({ params }: { readonly params: Promise<{ readonly workspaceId: string }> }) {
  const member = await readMember((await params).workspaceId);
  const mayManage = member.allows("members.manage");
  const [members, invitations] = await Promise.all([member.read(listMembers), mayManage ? member.read(listInvitations) : null]);
  return (
    <ClientWords parts={["settings"]}>
      <MembersScreen
        workspaceId={member.workspaceId}
        workspaceName={member.workspace.name}
        ownUserId={member.userId}
        ownRole={member.workspace.role}
        members={expectOk(members, "a member reads the members")}
        invitations={invitations && expectOk(invitations, "whoever invites reads the invitations")}
        reachable={mayManage ? reachableRoles(member.workspace.role) : []}
        onlyAdminsSend={member.workspace.onlyAdminsSend}
        zone={await readZone()}
        nowMs={Date.now()}
      />
    </ClientWords>
  );
}
