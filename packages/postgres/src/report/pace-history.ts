import type { ControlAct, LastControl, PaceSampler, ReportPort } from "@herald/campaign";
import type pg from "pg";
import { msOf, one, type Sql, sqlOf, timestampOf } from "../connect/sql.ts";

// Two look-ups in the primary key for each moment: what it costs does not grow with the campaign. Between two samples the requests lie in the time that
// was looked at; where nobody was looking they lie anywhere since the sample before.
const askedSql = `
  select coalesce(p.asked, 0) + coalesce((n.asked - coalesce(p.asked, 0)) * least(1, greatest(0, extract(epoch from e.at - n.began) / nullif(extract(epoch from n.at - n.began), 0))), 0)::double precision as asked
  from (select step, ${timestampOf("($2::double precision + step * $3::double precision)")} as at from generate_series(0, $4::int) step) e
  left join lateral (
    select s.at, s.asked from campaign_pace_samples s where s.campaign_id = $1 and s.at <= e.at order by s.at desc limit 1
  ) p on true
  left join lateral (
    select s.at, s.asked, coalesce(greatest(p.at, s.looking_since), s.at - interval '1 second') as began
    from campaign_pace_samples s where s.campaign_id = $1 and s.at > e.at order by s.at limit 1
  ) n on true
  order by e.step`;

const acts =
  "a.resource_kind = 'campaign' and a.resource_id = $1::text and a.action in ('campaign.paused', 'campaign.resumed', 'campaign.cancelled')";
const actsSql = `
  select replace(action, 'campaign.', '') as action, ${msOf("at")} as "atMs" from (
    select a.id, a.action, a.at from audit_log a where ${acts} order by a.id desc limit 200) newest
  order by id`;
const controlSql = `
  select c.flag, c.control_seq as "controlSeq", l.action, ${msOf("l.at")} as "atMs", l."userId", l.note
  from campaign_controls c left join lateral (
    select replace(a.action, 'campaign.', '') as action, a.at, case a.actor_kind when 'user' then a.actor_id end as "userId", a.detail ->> 'note' as note
    from audit_log a where ${acts} order by a.id desc limit 1
  ) l on true
  where c.campaign_id = $1::uuid`;

type ControlRow = Pick<LastControl, "flag"> & {
  readonly controlSeq: string;
  readonly action: ControlAct["action"] | null;
  readonly atMs: number;
  readonly userId: string | null;
  readonly note: string | null;
};

/** A campaign over time: how far it had come, and who stopped it or let it go on. */
export function createPaceHistory(sql: Sql): Pick<ReportPort, "askedAt" | "control" | "controlActs"> {
  return {
    async askedAt(campaignId, { fromMs, stepMs, steps }) {
      const rows = await sql<{ readonly asked: number }>(askedSql, [campaignId, fromMs, stepMs, steps]);
      return rows.map(({ asked }) => asked);
    },
    controlActs: (campaignId) => sql<ControlAct>(actsSql, [campaignId]),
    async control(campaignId) {
      const { flag, controlSeq, action, ...last } = await one<ControlRow>(sql, controlSql, [campaignId]);
      return { flag, controlSeq: Number(controlSeq), last: action && { action, ...last } };
    },
  };
}

const sampleSql = `select ${msOf("at")} as "atMs", written from herald.sample_pace(${timestampOf("$1")})`;

export function createPaceSampler(pool: pg.Pool): PaceSampler {
  const sql = sqlOf(pool);
  return { sample: (sinceMs) => one<{ atMs: number; written: number }>(sql, sampleSql, [sinceMs]) };
}
