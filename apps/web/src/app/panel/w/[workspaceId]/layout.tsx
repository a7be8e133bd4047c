import type { ReactNode } from "react";
import { services } from "../../../../container.ts";
import { PanelShell } from "../../../../features/shell/panel-shell.client.tsx";
import { readMember, readMemberships } from "../../../../panel/member.ts";
import { RealtimeConnection } from "../../../../realtime/connection.client.tsx";
import { readTheme } from "../../../../words/reader.server.ts";

export default async function WorkspaceLayout({
  params,
  children,
}: {
  readonly params: Promise<{ readonly workspaceId: string }>;
  readonly children: ReactNode;
}) {
  const member = await readMember((await params).workspaceId);
  const [memberships, theme, { realtime }] = await Promise.all([readMemberships(), readTheme(), services()]);
  return (
    <RealtimeConnection settings={realtime?.settings ?? null} workspaceId={member.workspaceId}>
      <PanelShell
        workspaceId={member.workspaceId}
        workspaces={memberships.map(({ workspaceId, name, role }) => ({ workspaceId, name, role }))}
        email={member.email}
        theme={theme}
        mayCompose={member.allows("campaign.write")}
        mayImport={member.allows("contacts.import")}
      >
        {children}
      </PanelShell>
    </RealtimeConnection>
  );
}
