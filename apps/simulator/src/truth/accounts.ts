import { capPerSecondOf } from "../directory.ts";
import type { SimulationState } from "../state/state.ts";

/** What one business number was asked for. */
export type NumberRow = ReturnType<typeof numberRows>[number];
/** How full one portfolio's window is and was. */
export type PortfolioRow = ReturnType<typeof portfolioRows>[number];

export const numberRows = ({ truth, directory, throughputs }: SimulationState) =>
  [...truth.numbers.values()].map((record) => {
    const number = directory.number(record.phoneNumberId);
    const throughput = throughputs.get(record.phoneNumberId);
    return {
      ...record,
      refusedByCode: Object.fromEntries(record.refusedByCode),
      capPerSecond: number === undefined ? null : capPerSecondOf(number),
      maxRequestsPerSlidingSecond: throughput?.maxRequestsPerSlidingSecond ?? 0,
      maxAcceptedPerSlidingSecond: throughput?.maxAcceptedPerSlidingSecond ?? 0,
    };
  });

/** `counted` users hold a place at this moment, `delivered` of them have their message already. */
export const portfolioRows = ({ directory, portfolios }: SimulationState, atMs: number) =>
  directory.portfolios.map(({ businessId, limit, windowMs }) => {
    const window = portfolios.get(businessId);
    return {
      businessId,
      limit,
      windowMs,
      counted: window?.countAt(atMs) ?? 0,
      delivered: window?.deliveredAt(atMs, windowMs) ?? 0,
      maxCounted: window?.maxCounted ?? 0,
      overLimit: window?.overLimit ?? 0,
    };
  });
