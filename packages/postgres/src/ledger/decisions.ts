import type { Decided, DecisionPort, Resent } from "@herald/campaign";
import { one } from "../connect/sql.ts";
import type { UnitOfWork } from "../verbs/ctx.ts";

type DecidedRow = Omit<Decided, "controlSeq"> & { readonly controlSeq: string };
const decidedColumns = `moved, more, is_overflow_unread as "isOverflowUnread", control_seq as "controlSeq", status`;
const resendSql = `
  select ${decidedColumns}, run_no as "runNo" from herald.resend_messages($1, $2, $3, $4, $5, make_interval(secs => $6::double precision / 1000))`;
const writeOffSql = `select ${decidedColumns} from herald.write_off_messages($1, $2, $3, $4)`;

export function createDecisions({ sql, audit }: UnitOfWork): DecisionPort {
  return {
    async resend(campaignId, { what, reasons, messageIds }, { expiresInMs, note, limit }) {
      const row = await one<DecidedRow & Pick<Resent, "runNo">>(sql, resendSql, [
        campaignId,
        what,
        reasons,
        messageIds,
        limit,
        expiresInMs,
      ]);
      if (row.moved > 0)
        await audit.write({
          action: "messages.resent",
          resourceKind: "campaign",
          resourceId: campaignId,
          detail: { what, reasons, chosen: messageIds?.length ?? null, count: row.moved, runNo: row.runNo, note },
        });
      return { ...row, controlSeq: Number(row.controlSeq) };
    },
    async writeOff(campaignId, { what, messageIds }, { note, limit }) {
      const row = await one<DecidedRow>(sql, writeOffSql, [campaignId, what, messageIds, limit]);
      if (row.moved > 0)
        await audit.write({
          action: "messages.written_off",
          resourceKind: "campaign",
          resourceId: campaignId,
          detail: { what, chosen: messageIds?.length ?? null, count: row.moved, note },
        });
      return { ...row, controlSeq: Number(row.controlSeq) };
    },
  };
}
