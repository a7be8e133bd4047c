import { createHash } from "node:crypto";
import type { MessageRow, TruthSummary } from "../simulator.ts";
import { type Client, demo, templateTo } from "./client.ts";

/** What one send looked like from outside: an HTTP status, a broken connection, or silence. */
export type Seen = number | "cut" | "silence";

/** Sends as a product would, giving up after `timeoutMs`. */
export async function trySend(baseUrl: string, to: string, opaqueId: string, extra: object = {}, timeoutMs = 400): Promise<Seen> {
  try {
    const response = await fetch(`${baseUrl}/v26.0/${demo.phoneNumberId}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${demo.token}` },
      body: JSON.stringify({ ...templateTo(to, opaqueId), ...extra }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.text();
    return response.status;
  } catch (error) {
    return error instanceof Error && error.name === "TimeoutError" ? "silence" : "cut";
  }
}

/** The same send for each person, one after the other, so that two runs with one seed meet the same. */
export async function sendToAll(baseUrl: string, people: readonly string[], timeoutMs?: number): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const [index, person] of people.entries()) seen.push(await trySend(baseUrl, person, `c${index}`, {}, timeoutMs));
  return seen;
}

export const peopleOf = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(4, "0")}`);

/** Waits until everything was told, then reads all of truth. */
export async function readTruth(client: Client): Promise<{ summary: TruthSummary; rows: MessageRow[] }> {
  await client.idle(20_000);
  const { body } = await client.call<{ rows: MessageRow[] }>("GET", "/_truth/messages?limit=10000");
  return { summary: await client.summary(), rows: body.rows };
}

/** Truth without what no seed decides: ids drawn at random and moments. */
export function fingerprint(rows: readonly MessageRow[]): string {
  const lasting = rows.map(({ opaqueId, recipients, requests, accepted, refused, dropped, droppedAt }) => ({
    opaqueId,
    recipients,
    requests,
    dropped,
    accepted: accepted.map(({ wamid: _wamid, atMs: _atMs, failedToldAtMs, ...rest }) => ({ ...rest, toldFailed: failedToldAtMs !== null })),
    refused: refused.map(({ code, recipient }) => ({ code, recipient })),
    how: droppedAt.map((each) => each.how),
  }));
  return createHash("sha256").update(JSON.stringify(lasting)).digest("hex");
}
