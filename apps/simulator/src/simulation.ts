import { ok, type Result } from "@herald/kernel";
import { perform } from "./actions/perform.ts";
import type { Action, When } from "./actions/schemas.ts";
import { StepRunner } from "./actions/step-runner.ts";
import { type Config, type ConfigIssue, defaultConfig, mergeConfig } from "./config/config.ts";
import { patchOfEvery } from "./config/every.ts";
import { PhoneWindow } from "./phones/phone-window.ts";
import type { ScenarioDocument } from "./scenario/document.ts";
import type { Rule } from "./scenario/rules.ts";
import { SimulationState } from "./state/state.ts";
import type { NowMs } from "./time.ts";
import type { SimulationEvent } from "./truth/events.ts";
import { FileJournal, type Journal, memoryJournal, readJournal } from "./truth/journal.ts";
import { WebhookOutlet } from "./webhooks/outlet.ts";
import { WebhookQueue } from "./webhooks/queue.ts";
import type { PlannedUpdate } from "./webhooks/updates.ts";

export type SimulationOptions = {
  readonly nowMs: NowMs;
  /** Used until a configuration is set or found in the journal. */
  readonly seed: number;
  readonly timeScale: number;
  /** Folder of the journal; null keeps everything in memory. */
  readonly dataDir: string | null;
};

type RequestEvent = Extract<SimulationEvent, { event: "accepted" | "refused" | "dropped" }>;

/**
 * The running simulation: its state, changed only by events that are journaled first, the queue that tells receivers about it, and the
 * steps that happen by themselves. Reading the journal back gives the same state and the webhooks nobody has acknowledged.
 */
export class Simulation {
  readonly nowMs: NowMs;
  readonly startedAtMs: number;
  readonly queue: WebhookQueue;
  /** Answers on their way; of this process only. */
  readonly answers = { pending: 0, hanging: 0, lost: 0, aborted: 0 };
  /** For the page of phones. */
  phones = new PhoneWindow();
  readonly #options: SimulationOptions;
  readonly #journal: Journal;
  readonly #outlet: WebhookOutlet;
  readonly #steps: StepRunner;
  #state: SimulationState;

  private constructor(options: SimulationOptions, journal: Journal) {
    this.#options = options;
    this.#journal = journal;
    this.nowMs = options.nowMs;
    this.startedAtMs = Math.round(options.nowMs());
    this.#state = new SimulationState(defaultConfig(options.seed, options.timeScale));
    this.#outlet = new WebhookOutlet({
      config: () => this.#state.config,
      directory: () => this.#state.directory,
      sendOf: (wamid) => this.#state.truth.sendOf(wamid),
    });
    this.queue = new WebhookQueue({
      nowMs: options.nowMs,
      settings: () => this.#state.config.webhook,
      holds: () => this.#state.holds,
      isSubscribed: (update) => this.#outlet.isSubscribed(update),
      compose: (updates) => this.#outlet.compose(updates),
      post: (body) => this.#outlet.post(body),
      onDue: (update) => this.#noteDue(update),
      onEmitted: (updates) => {
        for (const update of updates) this.#state.truth.bookEmission(update, this.nowMs());
      },
      onAcknowledged: (updates) =>
        this.#commit({ event: "acknowledged", atMs: this.nowMs(), updateIds: updates.map((each) => each.updateId) }),
      onDiscarded: (update) => this.#commit({ event: "discarded", updateIds: [update.updateId] }),
    });
    this.#steps = new StepRunner({
      nowMs: options.nowMs,
      next: () => this.#state.steps.next(),
      run: (step) => {
        this.#commit({ event: "finished_step", atMs: this.nowMs(), stepId: step.stepId });
        perform(this, step.action);
      },
    });
  }

  static async open(options: SimulationOptions): Promise<Simulation> {
    const journal = options.dataDir === null ? memoryJournal : FileJournal.open(options.dataDir);
    const simulation = new Simulation(options, journal);
    if (options.dataDir !== null) for await (const event of readJournal(options.dataDir)) simulation.#state.apply(event);
    simulation.queue.schedule([...simulation.#state.outstanding.values()]);
    simulation.#steps.run();
    return simulation;
  }

  /** To be read only: what changes it goes through the methods below. */
  get state(): SimulationState {
    return this.#state;
  }

  get config(): Config {
    return this.#state.config;
  }

  get isIdle(): boolean {
    return this.answers.pending === 0 && this.queue.isEmpty;
  }

  /** Changes the configuration for good, beneath what a scenario or an action has laid over it. */
  configure(patch: unknown): Result<Config, readonly ConfigIssue[]> {
    const base = mergeConfig(this.#state.base, patch);
    if (!base.ok) return base;
    const config = mergeConfig(this.#state.config, patch);
    if (!config.ok) return config;
    const settled = mergeConfig(config.value, patchOfEvery(config.value, this.#state.every));
    if (settled.ok) this.#commit({ event: "configured", base: base.value, config: settled.value });
    return settled;
  }

  /** Changes the configuration until the next reset or scenario. */
  overlay(patch: unknown): Result<Config, readonly ConfigIssue[]> {
    const config = mergeConfig(this.#state.config, patch);
    if (config.ok) this.#commit({ event: "configured", base: this.#state.base, config: config.value });
    return config;
  }

  script(rules: readonly Rule[]): void {
    this.#commit({ event: "scripted", rules });
  }

  /** Begins a scenario: what an earlier one changed is dropped; truth and webhooks on their way stay. */
  load(document: ScenarioDocument): Result<Config, readonly ConfigIssue[]> {
    const configured = mergeConfig(this.#state.base, document.config);
    if (!configured.ok) return configured;
    const merged = mergeConfig(configured.value, patchOfEvery(configured.value, document.every));
    if (!merged.ok) return merged;
    this.#commit({ event: "configured", base: this.#state.base, config: merged.value });
    this.#commit({ event: "loaded", name: document.name, every: document.every });
    this.#commit({ event: "scripted", rules: document.rules });
    for (const step of document.steps) this.planStep(step.when, step.action);
    return ok(merged.value);
  }

  /** Puts an action off; answers the step's id. */
  planStep(when: When, action: Action): number {
    const stepId = this.#state.steps.lastStepId + 1;
    this.#commit({ event: "planned_step", atMs: this.nowMs(), stepId, when, action });
    this.#steps.run();
    return stepId;
  }

  /** Books one request to `/messages` and, when it was accepted, plans what webhooks will tell about it. */
  book(event: RequestEvent): void {
    this.#commit(event);
    if (event.event === "accepted") this.queue.schedule(event.updates);
    this.#steps.run();
  }

  tell(updates: readonly PlannedUpdate[]): void {
    this.#commit({ event: "told", updates });
    this.queue.schedule(updates);
  }

  commitPace(event: Extract<SimulationEvent, { event: "paced" | "unheld" }>): void {
    this.#commit(event);
    if (event.event === "unheld") this.queue.schedule(event.updates);
  }

  hold(replies: boolean): void {
    this.#commit({ event: "holding", receipts: true, replies });
  }

  /** Lets go of what is held, at once or at so many updates a second; answers how many they are. */
  release(perSecond: number | null): number {
    this.#commit({ event: "holding", receipts: false, replies: false });
    return this.queue.release(perSecond);
  }

  nextUpdateId = (): number => {
    this.#state.lastUpdateId += 1;
    return this.#state.lastUpdateId;
  };

  /** Must precede an answer: what it says is then beyond a kill of this process. */
  flushJournal(): void {
    this.#journal.flush();
  }

  /** Starts anew: truth, queue, scenario, windows, limits, meters, holds and journal; the configuration too if asked. */
  reset(what: { readonly config: boolean }): void {
    const config = what.config ? defaultConfig(this.#options.seed, this.#options.timeScale) : this.#state.base;
    this.queue.clear();
    this.phones = new PhoneWindow();
    this.#journal.truncate();
    this.#state = new SimulationState(config);
    Object.assign(this.answers, { lost: 0, aborted: 0 });
    this.#commit({ event: "configured", base: config, config });
    this.#steps.run();
  }

  close(): void {
    this.#steps.close();
    this.queue.close();
    this.#outlet.close();
    this.#journal.close();
  }

  #commit(event: SimulationEvent): void {
    this.#journal.append(event);
    this.#state.apply(event);
  }

  #noteDue(update: PlannedUpdate): void {
    if (update.kind !== "inbound" || update.isDuplicate) return;
    this.#state.openWindow(update);
    this.#state.throughputOf(update.phoneNumberId).noteInbound(this.nowMs());
  }
}
