import type { NowMs } from "../time.ts";
import type { Step } from "./steps.ts";

type DueStep = Step & { readonly dueAtMs: number };
type Ports = { readonly nowMs: NowMs; readonly next: () => DueStep | null; readonly run: (step: Step) => void };

const maxTimerMs = 60_000;

/** Does the steps whose moment has come, and wakes for the next one. */
export class StepRunner {
  readonly #ports: Ports;
  #timer: NodeJS.Timeout | null = null;
  #isRunning = false;
  #isClosed = false;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  run(): void {
    if (this.#isRunning || this.#isClosed) return;
    this.#isRunning = true;
    let next = this.#ports.next();
    for (; next !== null && next.dueAtMs <= this.#ports.nowMs(); next = this.#ports.next()) this.#ports.run(next);
    this.#isRunning = false;
    this.#wakeFor(next);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #wakeFor(next: DueStep | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (next === null) return;
    this.#timer = setTimeout(() => this.run(), Math.min(maxTimerMs, Math.max(0, Math.ceil(next.dueAtMs - this.#ports.nowMs()))));
  }
}
