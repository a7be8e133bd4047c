import { ok } from "@herald/kernel";
import { z } from "zod";
import { door, otherMethods } from "../../../doors/index.ts";

const ServiceAnswer = z.strictObject({ state: z.enum(["up", "down", "not_configured"]), latencyMs: z.int().nullable() });

/** GET: whether each service answers, within 2 s. 503 when people cannot work at all. */
export const GET = door({
  auth: "public",
  effect: async ({ services }) => ok(await services.health()),
  statusOf: ({ status }) => (status === "down" ? 503 : 200),
  answer: z.strictObject({ status: z.enum(["ok", "degraded", "down"]), services: z.record(z.string(), ServiceAnswer) }),
  present: ({ status, services }) => ({ status, services: { ...services } }),
});

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods("GET");
