import type { SwitchPort } from "@herald/campaign";
import type { UnitOfWork } from "../verbs/ctx.ts";

export function createSwitches({ sql, workspaceId, audit }: UnitOfWork): SwitchPort {
  return {
    async setSender(senderId, { on, note }) {
      // a grant holds this row until it commits, so the switch comes strictly before or after it
      const found = await sql("update phone_numbers set kill_switch = $2 where id = $1 returning id", [senderId, on]);
      if (found.length === 0) return false;
      await audit.write({ action: "sender.kill_switch_set", resourceKind: "sender", resourceId: senderId, detail: { on, note } });
      return true;
    },
    async setWorkspace({ on, note }) {
      await sql("update workspaces set kill_switch = $2 where id = $1", [workspaceId, on]);
      await audit.write({ action: "workspace.kill_switch_set", resourceKind: "workspace", resourceId: workspaceId, detail: { on, note } });
      // last of all: it waits for grants that read the switch before, and those after the commit see it (law L6)
      await sql("select herald.lock_sending($1)", [workspaceId]);
    },
  };
}
