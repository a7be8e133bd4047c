import { type Break, breaks, type LinkName, type NetworkKind } from "../plan/kinds.ts";
import type { Fault } from "./fault.ts";

const slowestMs = 400;

/** The first group of workers, the second, or both: by dice. */
const breakLine =
  (how: Break, link: LinkName): Fault =>
  async ({ dice }, { world: { lines } }) => {
    const chosen = lines.filter((_, index) => dice >= 0.6 || index === (dice < 0.3 ? 0 : 1)).map(({ byLink }) => byLink[link]);
    for (const line of chosen) line.break(how, 50 + dice * (slowestMs - 50));
    return async () => {
      for (const line of chosen) line.heal((dice * 10) % 1 < 0.5 ? "deliver" : "reset");
    };
  };

const onLink = (link: LinkName) => breaks.map((how) => [`${how}-${link}`, breakLine(how, link)] as const);

export const networkFaults = Object.fromEntries([...onLink("postgres"), ...onLink("temporal"), ...onLink("simulator")]) as Readonly<
  Record<NetworkKind, Fault>
>;
