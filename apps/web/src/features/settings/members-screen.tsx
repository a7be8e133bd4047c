import type { InvitationEntry, MemberEntry } from "@herald/identity";
import type { Role } from "@herald/kernel";
import { Panel } from "@herald/ui/page-header";
import { wordsOf } from "../../words/reader.server.ts";
import { MembersBoard } from "./members-board.client.tsx";
import { RoleTable } from "./role-table.tsx";
import classes from "./settings.module.css";

export type MembersScreenProps = {
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly ownUserId: string;
  readonly ownRole: Role;
  readonly members: readonly MemberEntry[];
  /** Null: this member may not see who is invited. */
  readonly invitations: readonly InvitationEntry[] | null;
  /** Roles that this member may give and take; none for who manages nobody. */
  readonly reachable: readonly Role[];
  readonly onlyAdminsSend: boolean;
  readonly zone: string;
  readonly nowMs: number;
};

/** Who belongs to the workspace, who is invited, and what each role may do. */
export function MembersScreen({ onlyAdminsSend, ...board }: MembersScreenProps) {
  const t = wordsOf("settings");
  return (
    <div className={classes.page}>
      <MembersBoard {...board} />
      <Panel title={t("roles.panel")}>
        <RoleTable ownRole={board.ownRole} onlyAdminsSend={onlyAdminsSend} />
      </Panel>
    </div>
  );
}
