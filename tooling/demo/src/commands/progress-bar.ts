import type { CampaignView } from "../clients/product.ts";

const width = 30;

/** One line that overwrites itself on a terminal; on a pipe, a line now and then. */
export function progressBar(
  write: (text: string) => void,
  isTerminal: boolean,
): { readonly show: (view: CampaignView) => void; readonly end: () => void } {
  let lastTenth = -1;
  return {
    show(view) {
      const { planned, counts } = view.ledger;
      const waiting = (counts["queued"] ?? 0) + (counts["dispatching"] ?? 0) + (counts["deferred"] ?? 0);
      const done = planned - waiting;
      const share = planned === 0 ? 0 : done / planned;
      const bar = "█".repeat(Math.round(share * width)).padEnd(width, "░");
      const line = `  ${bar} ${done.toLocaleString("en")} of ${planned.toLocaleString("en")}  delivered ${((counts["delivered"] ?? 0) + (counts["read"] ?? 0)).toLocaleString("en")}  ${view.campaign.status}`;
      if (isTerminal) write(`\r${line.padEnd(100)}`);
      else if (Math.floor(share * 10) !== lastTenth) write(`${line}\n`);
      lastTenth = Math.floor(share * 10);
    },
    end: () => (isTerminal ? write("\n") : undefined),
  };
}
