import type { clockKinds } from "../plan/kinds.ts";
import { untilDone } from "../world/eventually.ts";
import { senders, withOwner } from "../world/senders.ts";
import { type Fault, nothingToHeal } from "./fault.ts";

const fiveMinutesMs = 300_000;
const anHourS = 3600;

export const clockFaults: Readonly<Record<(typeof clockKinds)[number], Fault>> = {
  /** Ahead, and back when it heals: two steps. */
  "worker-clock-ahead": async (_planned, { world: { second } }) => {
    second.setClockAheadMs(fiveMinutesMs);
    return async () => second.setClockAheadMs(0);
  },
  /** The budget as a database whose clock was an hour ahead would have left it. */
  "budget-clock-ahead": async ({ dice }, { world: { ownerUrl } }) => {
    const { senderId } = dice < 0.5 ? senders[0] : senders[1];
    await untilDone(15_000, () =>
      withOwner(ownerUrl, (owner) =>
        owner.query("update phone_numbers set tat = extract(epoch from clock_timestamp()) + $2 where id = $1", [senderId, anHourS]),
      ),
    );
    return nothingToHeal;
  },
};
