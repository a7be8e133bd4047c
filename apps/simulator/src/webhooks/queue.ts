import type { Config } from "../config/config.ts";
import { Heap } from "../heap.ts";
import type { NowMs } from "../time.ts";
import { HeldUpdates } from "./held.ts";
import type { PlannedUpdate } from "./updates.ts";

export type PostResult = { readonly acknowledged: true } | { readonly acknowledged: false; readonly why: string };

export type Holds = { readonly receipts: boolean; readonly replies: boolean };

export type QueuePorts = {
  readonly nowMs: NowMs;
  readonly settings: () => Config["webhook"];
  /** What is kept back at present. */
  readonly holds: () => Holds;
  /** Whether anybody subscribes to this update; if not it is discarded, as Meta does. */
  readonly isSubscribed: (update: PlannedUpdate) => boolean;
  readonly compose: (updates: readonly PlannedUpdate[]) => Buffer;
  readonly post: (body: Buffer) => Promise<PostResult>;
  /** An update's moment has come, whether or not anybody is told. */
  readonly onDue: (update: PlannedUpdate) => void;
  readonly onEmitted: (updates: readonly PlannedUpdate[]) => void;
  readonly onAcknowledged: (updates: readonly PlannedUpdate[]) => void;
  readonly onDiscarded: (update: PlannedUpdate) => void;
};

type Batch = { readonly updates: readonly PlannedUpdate[]; readonly body: Buffer; attempts: number; retryAtMs: number };

/** After so many failures in a row the receiver counts as down: one POST at a time probes it. */
const downAfterFailures = 5;
const maxTimerMs = 60_000;

/**
 * Planned updates on their way to the receiver: scheduled → (held) → ready → in flight → acknowledged, or → retrying until exactly 200.
 * Bounded batches, bounded concurrency; a batch is retried as the same bytes with exponential back-off and jitter, never given up.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview (anything but 200 is retried).
 */
export class WebhookQueue {
  readonly counts = { posts: 0, acknowledged: 0, failed: 0, duplicates: 0, discarded: 0 };
  lastFailure: string | null = null;
  readonly #ports: QueuePorts;
  readonly #scheduled = new Heap<PlannedUpdate>((update) => update.dueAtMs);
  readonly #retrying = new Heap<Batch>((batch) => batch.retryAtMs);
  #ready: PlannedUpdate[] = [];
  #readyFrom = 0;
  #lingerUntilMs = 0;
  readonly #held = new HeldUpdates();
  #postsInFlight = 0;
  #updatesInFlight = 0;
  #updatesRetrying = 0;
  #failuresInARow = 0;
  #probeAtMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #timerAtMs = Number.POSITIVE_INFINITY;
  /** Answers to POSTs of an earlier generation (before a reset) are ignored. */
  #generation = 0;
  #isClosed = false;

  constructor(ports: QueuePorts) {
    this.#ports = ports;
  }

  schedule(updates: readonly PlannedUpdate[]): void {
    for (const update of updates) this.#scheduled.push(update);
    this.#arm();
  }

  /** Lets go of everything held, at once or at so many updates a second; answers how many they are. */
  release(perSecond: number | null): number {
    const { size } = this.#held;
    this.#held.release(perSecond, this.#ports.nowMs());
    this.#pump();
    return size;
  }

  stats(): { scheduled: number; held: number; ready: number; retrying: number; inFlight: number; holding: boolean } {
    return {
      scheduled: this.#scheduled.size,
      held: this.#held.size,
      ready: this.#ready.length - this.#readyFrom,
      retrying: this.#updatesRetrying,
      inFlight: this.#updatesInFlight,
      holding: this.#ports.holds().receipts,
    };
  }

  get isEmpty(): boolean {
    const { scheduled, held, ready, retrying, inFlight } = this.stats();
    return scheduled + held + ready + retrying + inFlight === 0;
  }

  /** Forgets all updates and counts. */
  clear(): void {
    this.#generation += 1;
    this.#scheduled.clear();
    this.#retrying.clear();
    this.#held.clear();
    [this.#ready, this.#readyFrom] = [[], 0];
    [this.#postsInFlight, this.#updatesInFlight, this.#updatesRetrying, this.#failuresInARow] = [0, 0, 0, 0];
    Object.assign(this.counts, { posts: 0, acknowledged: 0, failed: 0, duplicates: 0, discarded: 0 });
    this.lastFailure = null;
  }

  /** Stops for good; what was not acknowledged is the journal's to remember. */
  close(): void {
    this.#isClosed = true;
    this.#generation += 1;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #pump(): void {
    const now = this.#ports.nowMs();
    for (let next = this.#scheduled.peek(); next !== undefined && next.dueAtMs <= now; next = this.#scheduled.peek()) {
      this.#scheduled.pop();
      this.#sort(next);
    }
    for (const update of this.#held.take(now)) this.#makeReady(update);
    for (let batch = this.#nextBatch(now); batch !== null; batch = this.#nextBatch(now)) void this.#deliver(batch);
    this.#arm();
  }

  #sort(update: PlannedUpdate): void {
    this.#ports.onDue(update);
    if (!this.#ports.isSubscribed(update)) {
      this.counts.discarded += 1;
      this.#ports.onDiscarded(update);
    } else if (this.#isHeldBack(update)) this.#held.add(update);
    else this.#makeReady(update);
  }

  /** News about the account is never held back: they are what a scenario is about. */
  #isHeldBack(update: PlannedUpdate): boolean {
    const { receipts, replies } = this.#ports.holds();
    return update.kind === "status" ? receipts : update.kind === "inbound" && replies;
  }

  #makeReady(update: PlannedUpdate): void {
    if (this.#readyFrom === this.#ready.length) this.#lingerUntilMs = this.#ports.nowMs() + this.#ports.settings().lingerMs;
    this.#ready.push(update);
  }

  #nextBatch(now: number): Batch | null {
    const isDown = this.#failuresInARow >= downAfterFailures;
    if (this.#postsInFlight >= (isDown ? 1 : this.#ports.settings().maxConcurrent) || (isDown && now < this.#probeAtMs)) return null;
    const retry = this.#retrying.peek();
    if (retry !== undefined && retry.retryAtMs <= now) {
      this.#retrying.pop();
      this.#updatesRetrying -= retry.updates.length;
      return retry;
    }
    // While the receiver is down a retry is the probe; new batches would only pile up behind it.
    return isDown && retry !== undefined ? null : this.#cutBatch(now);
  }

  #cutBatch(now: number): Batch | null {
    const waiting = this.#ready.length - this.#readyFrom;
    const { maxBatch } = this.#ports.settings();
    if (waiting === 0 || (waiting < maxBatch && now < this.#lingerUntilMs)) return null;
    const updates = this.#ready.slice(this.#readyFrom, this.#readyFrom + maxBatch);
    this.#readyFrom += updates.length;
    if (this.#readyFrom === this.#ready.length || this.#readyFrom > 4096) {
      this.#ready = this.#ready.slice(this.#readyFrom);
      this.#readyFrom = 0;
    }
    return { updates, body: this.#ports.compose(updates), attempts: 0, retryAtMs: 0 };
  }

  async #deliver(batch: Batch): Promise<void> {
    const generation = this.#generation;
    batch.attempts += 1;
    this.#postsInFlight += 1;
    this.#updatesInFlight += batch.updates.length;
    this.counts.posts += 1;
    if (batch.attempts === 1) this.counts.duplicates += batch.updates.filter((update) => update.isDuplicate).length;
    this.#ports.onEmitted(batch.updates);
    const result = await this.#ports.post(batch.body);
    if (generation !== this.#generation) return;
    this.#postsInFlight -= 1;
    this.#updatesInFlight -= batch.updates.length;
    if (result.acknowledged) {
      this.counts.acknowledged += 1;
      this.#failuresInARow = 0;
      this.#ports.onAcknowledged(batch.updates);
    } else this.#retryLater(batch, result.why);
    this.#pump();
  }

  #retryLater(batch: Batch, why: string): void {
    this.counts.failed += 1;
    this.lastFailure = why;
    this.#failuresInARow += 1;
    const now = this.#ports.nowMs();
    batch.retryAtMs = now + this.#backOffMs(batch.attempts);
    this.#probeAtMs = now + this.#backOffMs(this.#failuresInARow - downAfterFailures + 1);
    this.#retrying.push(batch);
    this.#updatesRetrying += batch.updates.length;
  }

  /** Doubles with each attempt up to the maximum; jitter of a quarter keeps retries from marching in step. */
  #backOffMs(attempt: number): number {
    const { retryBaseMs, retryMaxMs } = this.#ports.settings();
    return Math.min(retryMaxMs, retryBaseMs * 2 ** Math.max(0, attempt - 1)) * (0.75 + Math.random() * 0.25);
  }

  /** When there is something to do next. A free place is not needed to wake: a finished POST pumps by itself. */
  #arm(): void {
    if (this.#isClosed) return;
    const isDown = this.#failuresInARow >= downAfterFailures;
    const hasPlace = this.#postsInFlight < (isDown ? 1 : this.#ports.settings().maxConcurrent);
    const retryAtMs = this.#retrying.peek()?.retryAtMs ?? Number.POSITIVE_INFINITY;
    const hasReady = this.#readyFrom < this.#ready.length && !(isDown && this.#retrying.size > 0);
    const postAtMs = Math.max(Math.min(retryAtMs, hasReady ? this.#lingerUntilMs : Number.POSITIVE_INFINITY), isDown ? this.#probeAtMs : 0);
    const dueAtMs = Math.min(this.#scheduled.peek()?.dueAtMs ?? Number.POSITIVE_INFINITY, this.#held.nextAtMs);
    const wakeAtMs = Math.min(dueAtMs, hasPlace ? postAtMs : Number.POSITIVE_INFINITY);
    if (wakeAtMs === Number.POSITIVE_INFINITY || (this.#timer !== null && this.#timerAtMs <= wakeAtMs)) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timerAtMs = wakeAtMs;
    const waitMs = Math.min(maxTimerMs, Math.max(0, Math.ceil(wakeAtMs - this.#ports.nowMs())));
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#timerAtMs = Number.POSITIVE_INFINITY;
      this.#pump();
    }, waitMs);
  }
}
