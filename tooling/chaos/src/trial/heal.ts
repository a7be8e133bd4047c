import type { Scene } from "../faults/fault.ts";
import { obeyed } from "../world/desk.ts";
import { untilDone } from "../world/eventually.ts";
import { nowMs } from "../world/world.ts";

/** Whatever a fault's own healing left: after this nothing is broken any more, and nobody keeps a campaign paused. */
export async function healEverything({ world, operator, standstills }: Scene): Promise<void> {
  for (const { byLink } of world.lines) for (const line of Object.values(byLink)) line.heal("deliver");
  world.second.setClockAheadMs(0);
  await untilDone(10_000, () => world.provider.clearRules());
  await world.provider.configure({ webhook: { duplicateShare: 0, outOfOrderShare: 0 } });
  await world.provider.release();
  for (const standstill of standstills.filter(({ action, untilMs }) => action === "pause" && untilMs === Number.POSITIVE_INFINITY)) {
    standstill.untilMs = nowMs();
    await obeyed(() => operator.product.control(standstill.campaignId, "resume"));
  }
}
