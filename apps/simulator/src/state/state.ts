import { Steps } from "../actions/steps.ts";
import type { Config } from "../config/config.ts";
import type { Every } from "../config/every.ts";
import { Directory } from "../directory.ts";
import { Pacing } from "../limits/pacing.ts";
import { PairBuckets } from "../limits/pair-bucket.ts";
import { PortfolioWindow } from "../limits/portfolio-window.ts";
import { ServiceWindows } from "../limits/service-windows.ts";
import { Throughput } from "../limits/throughput.ts";
import { type Random, seededRandom } from "../random.ts";
import { Scenario } from "../scenario/rules.ts";
import type { SimulationEvent } from "../truth/events.ts";
import { Truth } from "../truth/truth.ts";
import type { PlannedUpdate } from "../webhooks/updates.ts";

type EventOf<Kind extends SimulationEvent["event"]> = Extract<SimulationEvent, { event: Kind }>;

/**
 * Everything the simulator knows: what is configured, scripted, booked and still to be told. It changes only by `apply`, so reading the
 * events back in their order gives the same state.
 */
export class SimulationState {
  readonly truth = new Truth();
  readonly windows = new ServiceWindows();
  readonly pairs = new PairBuckets();
  readonly pacing = new Pacing();
  readonly throughputs = new Map<string, Throughput>();
  readonly portfolios = new Map<string, PortfolioWindow>();
  /** Updates that no receiver has acknowledged yet. */
  readonly outstanding = new Map<number, PlannedUpdate>();
  holds = { receipts: false, replies: false };
  steps = new Steps();
  /** The scenario loaded last; null when rules were only set. */
  scenarioName: string | null = null;
  /** What the scenario says of every configured thing, of those configured later too. */
  every: Every = {};
  base: Config;
  config: Config;
  directory: Directory;
  scenario: Scenario;
  random: Random;
  lastUpdateId = 0;

  constructor(config: Config) {
    this.base = config;
    this.config = config;
    this.directory = new Directory(config);
    this.scenario = new Scenario([], config.seed);
    this.random = seededRandom(config.seed);
  }

  throughputOf(phoneNumberId: string): Throughput {
    return getOrAdd(this.throughputs, phoneNumberId, () => new Throughput());
  }

  portfolioOf(businessId: string): PortfolioWindow {
    return getOrAdd(this.portfolios, businessId, () => new PortfolioWindow());
  }

  apply(event: SimulationEvent): void {
    switch (event.event) {
      case "configured":
        return this.#configure(event);
      case "loaded":
        this.scenarioName = event.name;
        this.every = event.every;
        this.steps = new Steps();
        return;
      case "scripted":
        this.scenario = new Scenario(event.rules, this.config.seed);
        return;
      case "planned_step":
        return this.steps.add(event, event.atMs);
      case "finished_step":
        return this.steps.finish(event.stepId, event.atMs);
      case "accepted":
        return this.#accept(event);
      case "refused":
      case "dropped":
        return this.#turnAway(event);
      case "paced":
        return this.pacing.start(event.pace);
      case "unheld":
        return this.#unhold(event);
      case "holding":
        this.holds = { receipts: event.receipts, replies: event.replies };
        return;
      case "told":
        for (const update of event.updates) this.#remember(update);
        return;
      case "acknowledged":
        for (const update of this.#forget(event.updateIds)) {
          this.truth.bookAcknowledgement(update, event.atMs);
          this.openWindow(update);
        }
        return;
      case "discarded":
        for (const update of this.#forget(event.updateIds)) this.openWindow(update);
        return;
    }
  }

  /** A user's own message opens the service window from the moment it was written. */
  openWindow(update: PlannedUpdate): void {
    if (update.kind === "inbound") this.windows.noteInbound(update.phoneNumberId, update.userId, update.occurredAtMs);
  }

  #configure({ base, config }: EventOf<"configured">): void {
    this.base = base;
    this.config = config;
    this.directory = new Directory(config);
    this.scenario = new Scenario(this.scenario.rules, config.seed);
    this.random = seededRandom(config.seed);
  }

  #accept(event: EventOf<"accepted">): void {
    const { message, atMs, place, hold } = event;
    this.truth.bookRequest(event);
    const throughput = this.throughputOf(message.phoneNumberId);
    throughput.noteRequest(atMs);
    throughput.noteAccepted(atMs);
    const { pair } = this.config.limits;
    if (pair !== null) this.pairs.take(message.phoneNumberId, message.userId, pair, atMs);
    if (event.overLimitOf !== null) this.portfolioOf(event.overLimitOf).noteOverLimit();
    if (place !== null) this.portfolioOf(place.businessId).take(message.userId, place.untilMs ?? Number.POSITIVE_INFINITY, atMs);
    if (hold !== null) this.pacing.hold({ wamid: message.wamid, ...hold });
    else if (event.template !== null) this.pacing.notePassed(event.template);
    for (const update of event.updates) this.#remember(update);
    this.steps.note({ requests: true, accepted: true, held: hold !== null }, atMs);
  }

  #turnAway(event: EventOf<"refused" | "dropped">): void {
    this.truth.bookRequest(event);
    if (event.event === "refused" && event.overLimitOf !== null) this.portfolioOf(event.overLimitOf).noteOverLimit();
    if (!event.isMetered) return;
    this.throughputOf(event.phoneNumberId).noteRequest(event.atMs);
    this.steps.note({ requests: true }, event.atMs);
  }

  #unhold(event: EventOf<"unheld">): void {
    this.truth.bookUnheld(event);
    this.pacing.unhold(event.wamids);
    for (const update of event.updates) this.#remember(update);
    for (const { businessId, userId, untilMs } of event.places)
      if (untilMs === null) this.portfolioOf(businessId).free(userId);
      else this.portfolioOf(businessId).take(userId, untilMs, event.atMs);
  }

  #remember(update: PlannedUpdate): void {
    this.outstanding.set(update.updateId, update);
    this.lastUpdateId = Math.max(this.lastUpdateId, update.updateId);
  }

  #forget(updateIds: readonly number[]): PlannedUpdate[] {
    const found = updateIds.map((updateId) => this.outstanding.get(updateId)).filter((update) => update !== undefined);
    for (const updateId of updateIds) this.outstanding.delete(updateId);
    return found;
  }
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
