import { z } from "zod";
import { issuesOf } from "../config.ts";
import { type DoorAnswer, doorFailure, doorSuccess } from "../door.ts";
import type { LagMeter } from "../lag.ts";
import type { Simulation } from "../simulation.ts";
import { summarise } from "./summary.ts";
import { messageRow, pageRows, recipientRow } from "./views.ts";

const pageQuery = z.strictObject({
  cursor: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  opaqueId: z.string().optional(),
  recipient: z.string().optional(),
});

/** `GET /_truth/summary`, `/_truth/messages`, `/_truth/recipients`: read-only, never counted as anything. */
export function answerTruth(simulation: Simulation, lag: LagMeter, method: string, url: URL): DoorAnswer {
  if (method !== "GET") return doorFailure(404, `truth is only read: GET ${url.pathname}`);
  if (url.pathname === "/_truth/summary") return doorSuccess(summarise(simulation, lag));
  const query = pageQuery.safeParse(Object.fromEntries(url.searchParams));
  if (!query.success) return doorFailure(400, "the query is not valid", issuesOf(query.error));
  const { cursor, limit, opaqueId, recipient } = query.data;
  const { truth } = simulation;
  const only = <Item>(found: Item | undefined): Item[] => (found === undefined ? [] : [found]);
  switch (url.pathname) {
    case "/_truth/messages":
      return doorSuccess(pageRows(opaqueId === undefined ? truth.messages : only(truth.messageOf(opaqueId)), cursor, limit, messageRow));
    case "/_truth/recipients":
      return doorSuccess(
        pageRows(recipient === undefined ? truth.recipients : only(truth.recipientOf(recipient)), cursor, limit, recipientRow),
      );
    default:
      return doorFailure(404, `no such door: ${url.pathname}; there are /_truth/summary, /_truth/messages, /_truth/recipients`);
  }
}
