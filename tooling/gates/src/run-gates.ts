import { findingLine, type Gate, type Verdict } from "./gate.ts";
import type { House } from "./house/house.ts";

/** What came of one gate. */
export interface GateOutcome {
  readonly gate: string;
  readonly passed: boolean;
}

export interface GateRun {
  readonly house: House;
  readonly gates: readonly Gate[];
  /** Show only what lies under this folder. */
  readonly folder?: string;
  /** Gates at the same time. The slow ones are other processes that use a core each. */
  readonly concurrency: number;
  readonly print: (line: string) => void;
}

/** Runs the gates and prints one line for each as it ends, failures with their findings below it. */
export async function runGates(run: GateRun): Promise<GateOutcome[]> {
  const outcomes: GateOutcome[] = [];
  const waiting = [...run.gates];
  const worker = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      const startedAtMs = performance.now();
      const verdict = await judge(gate, run);
      const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
      outcomes.push({ gate: gate.name, passed: verdict.findings.length === 0 });
      for (const line of report(gate, verdict, seconds)) run.print(line);
    }
  };
  await Promise.all(Array.from({ length: run.concurrency }, worker));
  return outcomes;
}

async function judge(gate: Gate, run: GateRun): Promise<Verdict> {
  try {
    const verdict = await gate.run(run.house, run.folder);
    const findings = verdict.findings.filter((finding) => isUnder(finding.path, run.folder));
    const warnings = (verdict.warnings ?? []).filter((finding) => isUnder(finding.path, run.folder));
    if (verdict.checked > 0) return { checked: verdict.checked, findings, warnings };
    return {
      checked: 0,
      findings: [...findings, { path: ".", what: "this gate found nothing to check, so its silence means nothing" }],
      warnings,
    };
  } catch (error) {
    return {
      checked: 0,
      findings: [{ path: ".", what: `the gate itself broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` }],
    };
  }
}

/** "." is said of a gate as a whole (its tool crashed): that concerns every folder. */
function isUnder(path: string, folder: string | undefined): boolean {
  return folder === undefined || path === "." || path === folder || path.startsWith(`${folder}/`);
}

function report(gate: Gate, verdict: Verdict, seconds: string): string[] {
  const state = verdict.findings.length === 0 ? "ok  " : "FAIL";
  const summary = verdict.findings.length === 0 ? `${verdict.checked} checked` : `${verdict.findings.length} found (${gate.promise})`;
  return [
    `${state} ${gate.name.padEnd(10)} ${seconds.padStart(5)} s  ${summary}`,
    ...verdict.findings.map((finding) => `     ${findingLine(finding)}`),
    ...(verdict.warnings ?? []).map((finding) => `     warning: ${findingLine(finding)}`),
  ];
}
