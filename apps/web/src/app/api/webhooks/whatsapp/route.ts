import { err, ok } from "@herald/kernel";
import { z } from "zod";
import { door, otherMethods } from "../../../../doors/index.ts";

const HandshakeQuery = z.strictObject({
  "hub.mode": z.literal("subscribe"),
  "hub.verify_token": z.string(),
  "hub.challenge": z.string().max(1000),
});

/** GET: Meta's handshake when the address is entered in the app dashboard. */
export const GET = door({
  auth: "public",
  query: HandshakeQuery,
  effect: async ({ services }, { query }) =>
    services.whatsapp.isVerifyToken(query["hub.verify_token"]) ? ok(query["hub.challenge"]) : err({ type: "wrong_verify_token" }),
  answer: z.string(),
  present: (challenge) => challenge,
  format: "text",
});

/** POST: receipts and inbound messages. Stored as they came, answered after the commit, read by the worker. Meta sends at most 3 MB. */
export const POST = door({
  auth: "webhook",
  maxBytes: 3_000_000,
  isSigned: (services, rawBody, headers) => services.whatsapp.isSigned(rawBody, headers.get("x-hub-signature-256")),
  store: (services, rawBody) => services.whatsapp.store(rawBody),
});

export const { DELETE, OPTIONS, PATCH, PUT } = otherMethods("GET", "POST");
