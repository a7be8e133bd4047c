import type { Gate, GrantAnswer } from "@herald/campaign";
import { createMetrics } from "@herald/observability";
import { expect, test } from "vitest";
import { measuredGate } from "./measured-gate.ts";

const anAnswer = (granted: number): GrantAnswer => ({
  askedMs: 100,
  answeredMs: 104,
  databaseMs: 0,
  lanes: [
    {
      campaignId: "c" as never,
      reason: granted > 0 ? "granted" : "pace",
      messages: Array.from({ length: granted }, (_, index) => ({
        messageId: String(index) as never,
        attempt: 1,
        chunkNo: 0,
        entryNo: index,
      })),
      skipped: 0,
      firstMs: 0,
      stepMs: 1,
      waitMs: 0,
    },
  ],
});

test("calls that granted something are timed apart from calls that were told to wait", async () => {
  const metrics = createMetrics({ service: "worker" });
  const answers = [anAnswer(3), anAnswer(0), anAnswer(0)];
  const gate = measuredGate({ grant: async () => answers.shift() } as unknown as Gate, metrics);
  for (let call = 0; call < 3; call += 1) await gate.grant({} as never);
  const { body } = await metrics.expose();
  expect(body).toContain('herald_gate_seconds_count{service="worker",answer="granted"} 1');
  expect(body).toContain('herald_gate_seconds_count{service="worker",answer="wait"} 2');
  expect(body).toContain('herald_gate_seconds_bucket{le="0.004",service="worker",answer="granted"} 1');
});
