import { randomUUID } from "node:crypto";
import { DoorRefused } from "@herald/demo";
import { untilDone } from "./eventually.ts";

/** Doors of the product that the demo does not use. A door the product does not have (yet) answers `missing`. */
export type DoorAnswer = "done" | "missing" | "refused";
export type Desk = {
  /** Null: the number's own pace. */
  readonly setPace: (campaignId: string, maxPerSecond: number | null) => Promise<DoorAnswer>;
  /** Repeated with the same key it is the same order. */
  readonly resendUnknown: (campaignId: string, key: string) => Promise<DoorAnswer>;
};

const timeoutMs = 20_000;

export async function deskAt(baseUrl: string, email: string, password: string): Promise<Desk> {
  const signedIn = await send(baseUrl, "/api/auth/sign-in", "POST", {}, { email, password, session: "token" });
  const { accessToken } = (await signedIn.json()) as { accessToken: string };
  const headers = { authorization: `Bearer ${accessToken}` };
  const ask = async (path: string, body: object, key: string): Promise<DoorAnswer> => {
    const answer = await send(baseUrl, path, "POST", { ...headers, "idempotency-key": key }, body);
    await answer.body?.cancel();
    if (answer.ok) return "done";
    if (answer.status === 404 || answer.status === 405) return "missing";
    if (answer.status < 500) return "refused";
    throw new Error(`${path} answered ${answer.status}`);
  };
  return {
    setPace: (campaignId, maxPerSecond) => ask(`/api/campaigns/${campaignId}/rate`, { maxPerSecond }, randomUUID()),
    resendUnknown: (campaignId, key) =>
      ask(`/api/campaigns/${campaignId}/resend`, { what: "unknown", note: "nobody knows; sent again at our own risk" }, key),
  };
}

const send = (baseUrl: string, path: string, method: string, headers: Readonly<Record<string, string>>, body: object): Promise<Response> =>
  fetch(new URL(path, baseUrl), {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });

/** How long a person goes on trying when a door does not answer. */
const patienceMs = 15_000;

/** Asked until the door answers; false when it answers no. */
export function obeyed(ask: () => Promise<unknown>): Promise<boolean> {
  return untilDone(patienceMs, async () => {
    try {
      await ask();
      return true;
    } catch (error) {
      if (error instanceof DoorRefused && error.status < 500) return false;
      throw error;
    }
  });
}
