import { ok, type Result } from "@herald/kernel";
import { type Config, type ConfigIssue, defaultConfig, mergeConfig } from "./config.ts";
import { Directory } from "./directory.ts";
import { Throughput } from "./limiter.ts";
import { type Random, seededRandom } from "./random.ts";
import { type Rule, Scenario } from "./scenario.ts";
import { ServiceWindows } from "./service-windows.ts";
import type { NowMs } from "./time.ts";
import type { SimulationEvent } from "./truth/events.ts";
import { FileJournal, type Journal, memoryJournal, readJournal } from "./truth/journal.ts";
import { Truth } from "./truth/truth.ts";
import { WebhookOutlet } from "./webhooks/outlet.ts";
import { WebhookQueue } from "./webhooks/queue.ts";
import type { InboundUpdate, PlannedUpdate } from "./webhooks/updates.ts";

export type SimulationOptions = {
  readonly nowMs: NowMs;
  /** Used until a configuration is set or found in the journal. */
  readonly seed: number;
  readonly timeScale: number;
  /** Folder of the journal; null keeps everything in memory. */
  readonly dataDir: string | null;
};

/**
 * The whole state: what is configured, scripted, booked and still to be told. It changes only by events, and every event is journaled,
 * so that reading the journal back gives the same truth, the same configuration and the webhooks nobody has acknowledged.
 */
export class Simulation {
  readonly nowMs: NowMs;
  readonly startedAtMs: number;
  readonly queue: WebhookQueue;
  /** Answers on their way; of this process only. */
  readonly answers = { pending: 0, hanging: 0, lost: 0, aborted: 0 };
  random: Random;
  readonly #options: SimulationOptions;
  readonly #journal: Journal;
  readonly #outlet: WebhookOutlet;
  #config: Config;
  #directory: Directory;
  #scenario: Scenario;
  #truth = new Truth();
  #windows = new ServiceWindows();
  #throughput = new Map<string, Throughput>();
  /** Updates that no receiver has acknowledged yet. */
  #outstanding = new Map<number, PlannedUpdate>();
  #lastUpdateId = 0;

  private constructor(options: SimulationOptions, journal: Journal) {
    this.#options = options;
    this.#journal = journal;
    this.nowMs = options.nowMs;
    this.startedAtMs = Math.round(options.nowMs());
    this.#config = defaultConfig(options.seed, options.timeScale);
    this.#directory = new Directory(this.#config);
    this.#scenario = new Scenario([], this.#config.seed);
    this.random = seededRandom(this.#config.seed);
    this.#outlet = new WebhookOutlet({
      config: () => this.#config,
      directory: () => this.#directory,
      sendOf: (wamid) => this.#truth.sendOf(wamid),
    });
    this.queue = new WebhookQueue({
      nowMs: options.nowMs,
      settings: () => this.#config.webhook,
      isSubscribed: (update) => this.#outlet.isSubscribed(update),
      compose: (updates) => this.#outlet.compose(updates),
      post: (body) => this.#outlet.post(body),
      onDue: (update) => this.#noteDue(update),
      onEmitted: (updates) => {
        for (const update of updates) this.#truth.bookEmission(update);
      },
      onAcknowledged: (updates) => this.#commit({ event: "acknowledged", updateIds: updates.map((each) => each.updateId) }),
      onDiscarded: (update) => this.#commit({ event: "discarded", updateIds: [update.updateId] }),
    });
  }

  static async open(options: SimulationOptions): Promise<Simulation> {
    const journal = options.dataDir === null ? memoryJournal : FileJournal.open(options.dataDir);
    const simulation = new Simulation(options, journal);
    if (options.dataDir !== null) for await (const event of readJournal(options.dataDir)) simulation.#apply(event);
    simulation.queue.schedule([...simulation.#outstanding.values()]);
    return simulation;
  }

  get config(): Config {
    return this.#config;
  }

  get directory(): Directory {
    return this.#directory;
  }

  get scenario(): Scenario {
    return this.#scenario;
  }

  get truth(): Truth {
    return this.#truth;
  }

  get throughputs(): ReadonlyMap<string, Throughput> {
    return this.#throughput;
  }

  get isIdle(): boolean {
    return this.answers.pending === 0 && this.queue.isEmpty;
  }

  configure(patch: unknown): Result<Config, readonly ConfigIssue[]> {
    const merged = mergeConfig(this.#config, patch);
    if (!merged.ok) return merged;
    this.#commit({ event: "configured", config: merged.value });
    return ok(this.#config);
  }

  script(rules: readonly Rule[]): void {
    this.#commit({ event: "scripted", rules });
  }

  /** Books one request to `/messages` and, when it was accepted, plans what webhooks will tell about it. */
  book(event: Extract<SimulationEvent, { event: "accepted" | "refused" | "dropped" }>): void {
    this.#commit(event);
    if (event.event === "accepted") this.queue.schedule(event.updates);
  }

  inject(update: InboundUpdate): void {
    this.#commit({ event: "injected", update });
    this.queue.schedule([update]);
  }

  throughputOf(phoneNumberId: string): Throughput {
    let throughput = this.#throughput.get(phoneNumberId);
    if (throughput === undefined) {
      throughput = new Throughput();
      this.#throughput.set(phoneNumberId, throughput);
    }
    return throughput;
  }

  isWindowOpen(phoneNumberId: string, userId: string, atMs: number): boolean {
    return this.#windows.isOpen(phoneNumberId, userId, atMs);
  }

  nextUpdateId = (): number => {
    this.#lastUpdateId += 1;
    return this.#lastUpdateId;
  };

  /** Must precede an answer: what it says is then beyond a kill of this process. */
  flushJournal(): void {
    this.#journal.flush();
  }

  /** Starts anew: truth, queue, scenario, windows, meters and journal; the configuration too if asked. */
  reset(what: { readonly config: boolean }): void {
    this.queue.clear();
    this.#journal.truncate();
    this.#truth = new Truth();
    this.#windows = new ServiceWindows();
    this.#throughput = new Map();
    this.#outstanding = new Map();
    Object.assign(this.answers, { lost: 0, aborted: 0 });
    this.#commit({ event: "scripted", rules: [] });
    this.#commit({ event: "configured", config: what.config ? defaultConfig(this.#options.seed, this.#options.timeScale) : this.#config });
  }

  close(): void {
    this.queue.close();
    this.#outlet.close();
    this.#journal.close();
  }

  #commit(event: SimulationEvent): void {
    this.#journal.append(event);
    this.#apply(event);
  }

  #apply(event: SimulationEvent): void {
    switch (event.event) {
      case "configured":
        this.#config = event.config;
        this.#directory = new Directory(event.config);
        this.#scenario = new Scenario(this.#scenario.rules, event.config.seed);
        this.random = seededRandom(event.config.seed);
        return;
      case "scripted":
        this.#scenario = new Scenario(event.rules, this.#config.seed);
        return;
      case "accepted":
        this.#truth.bookRequest(event);
        this.throughputOf(event.message.phoneNumberId).noteRequest(event.atMs);
        for (const update of event.updates) this.#remember(update);
        return;
      case "refused":
      case "dropped":
        this.#truth.bookRequest(event);
        if (event.isMetered) this.throughputOf(event.phoneNumberId).noteRequest(event.atMs);
        return;
      case "injected":
        this.#remember(event.update);
        return;
      case "acknowledged":
        for (const update of this.#forget(event.updateIds)) {
          this.#truth.bookAcknowledgement(update);
          this.#openWindow(update);
        }
        return;
      case "discarded":
        for (const update of this.#forget(event.updateIds)) this.#openWindow(update);
        return;
    }
  }

  #remember(update: PlannedUpdate): void {
    this.#outstanding.set(update.updateId, update);
    this.#lastUpdateId = Math.max(this.#lastUpdateId, update.updateId);
  }

  #forget(updateIds: readonly number[]): PlannedUpdate[] {
    const found = updateIds.map((updateId) => this.#outstanding.get(updateId)).filter((update) => update !== undefined);
    for (const updateId of updateIds) this.#outstanding.delete(updateId);
    return found;
  }

  #noteDue(update: PlannedUpdate): void {
    if (update.kind !== "inbound" || update.isDuplicate) return;
    this.#openWindow(update);
    this.throughputOf(update.phoneNumberId).noteInbound(this.nowMs());
  }

  #openWindow(update: PlannedUpdate): void {
    if (update.kind === "inbound") this.#windows.noteInbound(update.phoneNumberId, update.userId, update.occurredAtMs);
  }
}
