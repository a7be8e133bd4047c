import { z } from "zod";
import { issuesOf } from "../config/config.ts";
import { type DoorAnswer, doorFailure, doorSuccess } from "../door.ts";
import type { LagMeter } from "../lag.ts";
import type { Simulation } from "../simulation.ts";
import { numberRows, portfolioRows } from "./accounts.ts";
import { doubleRow, doublesOf } from "./doubles.ts";
import { summarise } from "./summary.ts";
import { messageRow, pageRows, recipientRow } from "./views.ts";

const pageQuery = z.strictObject({
  cursor: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  opaqueId: z.string().optional(),
  recipient: z.string().optional(),
  sinceMs: z.coerce.number().default(0),
  opaqueIdPrefix: z.string().default(""),
});

const doors = ["summary", "messages", "recipients", "doubles", "numbers", "portfolios"].map((name) => `/_truth/${name}`);

/** The doors of truth: read-only, never counted as anything. */
export function answerTruth(simulation: Simulation, lag: LagMeter, method: string, url: URL): DoorAnswer {
  if (method !== "GET") return doorFailure(404, `truth is only read: GET ${url.pathname}`);
  if (url.pathname === "/_truth/summary") return doorSuccess(summarise(simulation, lag));
  const query = pageQuery.safeParse(Object.fromEntries(url.searchParams));
  if (!query.success) return doorFailure(400, "the query is not valid", issuesOf(query.error));
  const { cursor, limit, opaqueId, recipient, sinceMs, opaqueIdPrefix } = query.data;
  const { truth } = simulation.state;
  const only = <Item>(found: Item | undefined): Item[] => (found === undefined ? [] : [found]);
  switch (url.pathname) {
    case "/_truth/messages":
      return doorSuccess(pageRows(opaqueId === undefined ? truth.messages : only(truth.messageOf(opaqueId)), cursor, limit, messageRow));
    case "/_truth/recipients":
      return doorSuccess(
        pageRows(recipient === undefined ? truth.recipients : only(truth.recipientOf(recipient)), cursor, limit, recipientRow),
      );
    case "/_truth/doubles": {
      const only = { sinceMs, opaqueIdPrefix };
      return doorSuccess(pageRows(doublesOf(truth, only), cursor, limit, (record) => doubleRow(record, only)));
    }
    case "/_truth/numbers":
      return doorSuccess({ rows: numberRows(simulation.state) });
    case "/_truth/portfolios":
      return doorSuccess({ rows: portfolioRows(simulation.state, simulation.nowMs()) });
    default:
      return doorFailure(404, `no such door: ${url.pathname}; there are ${doors.join(", ")}`);
  }
}
