"use client";
import classes from "./live.module.css";
import { NeedsPanel } from "./needs-panel.client.tsx";
import { PacePanel } from "./pace-panel.client.tsx";
import { ProblemsPanel } from "./problems-panel.client.tsx";
import { ReceiptsPanel } from "./receipts-panel.client.tsx";
import type { PaceReport } from "./report.ts";
import { SenderLine } from "./sender-line.client.tsx";
import { SkipsPanel } from "./skips-panel.client.tsx";

/** The live page below its head: how fast, what came of it, what needs somebody, and why anything did not go well. */
export function Overview({ pace }: { readonly pace: { readonly data: PaceReport; readonly atMs: number } }) {
  return (
    <div className={classes.overview}>
      <SenderLine />
      <div className={classes.wide}>
        <PacePanel key={pace.data.window} initial={pace} />
      </div>
      <ReceiptsPanel />
      <div className={classes.wide}>
        <NeedsPanel />
      </div>
      <div className={classes.stack}>
        <ProblemsPanel />
        <SkipsPanel />
      </div>
    </div>
  );
}
