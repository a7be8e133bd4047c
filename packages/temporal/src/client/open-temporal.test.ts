import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import type { CampaignId, WorkspaceId } from "@herald/kernel";
import { expect, test } from "vitest";
import { openTemporal } from "./open-temporal.ts";

const order = { workspaceId: "w" as WorkspaceId, campaignId: "c" as CampaignId, runNo: 0 };

test("without an address it says so, as a value", () => {
  expect(openTemporal(null)).toEqual({ ok: false, error: { type: "temporal_not_configured" } });
});

test("a server that is not there, and one that takes the call and never answers, are unreachable within the deadline", async () => {
  const mute = createServer(() => undefined);
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  const { port } = mute.address() as AddressInfo;
  for (const address of ["127.0.0.1:1", `127.0.0.1:${port}`]) {
    const opened = openTemporal({ address, namespace: "n", dataConverter: {}, deadlineMs: 300 });
    if (!opened.ok) throw new Error("an address was given");
    const temporal = opened.value;
    for (const call of [() => temporal.ping(), () => temporal.start(order), () => temporal.wake({ ...order, controlSeq: 1 })]) {
      const startedMs = performance.now();
      expect(await call()).toMatchObject({ ok: false, error: { type: "temporal_unreachable" } });
      expect(performance.now() - startedMs).toBeLessThan(1500);
    }
    await temporal.close();
  }
  mute.close();
});
