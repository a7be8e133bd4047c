import { phoneAddressee } from "../people/address.ts";
import type { Simulation } from "../simulation.ts";
import { inboundWamid } from "../wamid.ts";
import type { InboundUpdate } from "../webhooks/updates.ts";
import type { InboundBody } from "./schemas.ts";

/** An inbound message due now; null when the number is not configured. */
export function inboundUpdateOf(simulation: Simulation, body: InboundBody): InboundUpdate | null {
  const number = simulation.directory.number(body.phoneNumberId);
  if (number === undefined) return null;
  const { waId, userId } = phoneAddressee(simulation.directory.businessIdOf(number), body.from);
  const atMs = Math.floor(simulation.nowMs());
  return {
    kind: "inbound",
    updateId: simulation.nextUpdateId(),
    wamid: inboundWamid(waId ?? userId),
    phoneNumberId: body.phoneNumberId,
    waId,
    userId,
    content: body.button === undefined ? { type: "text", text: body.text ?? "" } : { type: "button", ...body.button },
    contextWamid: body.contextWamid ?? null,
    scriptedFor: null,
    occurredAtMs: atMs,
    dueAtMs: atMs,
    isDuplicate: false,
  };
}
