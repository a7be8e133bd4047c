import type { CampaignId } from "@herald/kernel";
import type { MessageProvider, Outcome } from "@herald/provider";
import {
  createDispatcher,
  type Dispatcher,
  type DispatcherSettings,
  defaultDispatcherSettings,
  type SliceReport,
} from "../dispatch/dispatcher.ts";
import type { EngineLog } from "../engine-log.ts";
import type { Chunk, ChunkStore } from "../freeze/chunk.ts";
import type { AttemptRef, OpaqueIds } from "../ledger/ledger.ts";
import { aCampaignId, aMessageId, aWorkspaceId } from "./ids.ts";
import { ScriptedGate } from "./scripted-gate.ts";
import { ScriptedLedger } from "./scripted-ledger.ts";
import { ScriptedOverflow } from "./scripted-overflow.ts";
import { VirtualClock } from "./virtual-clock.ts";

export type Sent = AttemptRef & { readonly atMs: number; readonly notAfterMs: number };

const entriesPerChunk = 10;
const workspaceId = aWorkspaceId();

/** An engine in memory under a virtual clock, and the truth of what its provider was asked to send. Every fault is a field. */
export class EngineWorld {
  readonly workspaceId = workspaceId;
  readonly clock = new VirtualClock();
  readonly ledger = new ScriptedLedger(this.clock);
  readonly overflow = new ScriptedOverflow();
  readonly log: EngineLog = { info: () => undefined, warn: (event) => void this.warnings.push(event) };
  readonly gate: ScriptedGate;
  readonly dispatcher: Dispatcher;
  readonly settings: DispatcherSettings;
  readonly sent: Sent[] = [];
  readonly warmed: number[] = [];
  readonly warnings: string[] = [];
  heartbeats = 0;
  isStopping = false;
  answerMs = 100;
  answer: (sent: Sent) => Outcome | Promise<Outcome> = ({ messageId, attempt }) => ({
    kind: "accepted",
    providerMessageId: `provider-${messageId}-${attempt}`,
    isHeld: false,
  });
  warmUp: () => Promise<number> = () => Promise.resolve(0);
  readChunk: (chunkNo: number, campaignId: CampaignId) => Promise<Chunk | null> = async (chunkNo) => aChunk(chunkNo);
  stageChunk: (chunkNo: number) => Promise<boolean> = async () => true;

  constructor(change: Partial<DispatcherSettings> & { readonly perSecond?: number } = {}) {
    const { perSecond = 80, ...settings } = change;
    this.gate = new ScriptedGate(this.clock, this.ledger, perSecond);
    this.settings = { ...defaultDispatcherSettings, ...settings };
    const chunks: ChunkStore = { read: (_workspaceId, campaignId, chunkNo) => this.readChunk(chunkNo, campaignId) };
    this.dispatcher = createDispatcher({
      clock: this.clock,
      gate: this.gate.gate,
      ledger: this.ledger.ledger,
      overflow: this.overflow.overflow,
      run: this.ledger.run,
      opaqueIds: plainOpaqueIds,
      log: this.log,
      provider: this.#provider,
      settings: this.settings,
      chunks,
      stageChunk: (_workspaceId, _campaignId, chunkNo) => this.stageChunk(chunkNo),
    });
  }

  /** A campaign with this many messages due now. */
  launch(messages: number, number = 1): CampaignId {
    const campaignId = aCampaignId(number);
    this.ledger.campaigns.set(campaignId, {
      campaignId,
      epoch: 0,
      flag: "running",
      isBlocked: false,
      isFinal: false,
      expiresAtMs: Number.MAX_SAFE_INTEGER,
    });
    for (let index = 0; index < messages; index += 1) {
      this.ledger.rows.push({
        messageId: aMessageId(number * 1_000_000 + index),
        campaignId,
        chunkNo: Math.floor(index / entriesPerChunk),
        entryNo: index % entriesPerChunk,
        state: "queued",
        attempt: 0,
        epoch: 0,
        nextAtMs: 0,
        sendByMs: 0,
      });
    }
    return campaignId;
  }

  slice(campaignId: CampaignId, maxMs = 240_000): Promise<SliceReport> {
    return this.dispatcher.runSlice(
      { workspaceId, campaignId, maxMs },
      {
        isStopping: () => this.isStopping,
        heartbeat: () => {
          this.heartbeats += 1;
        },
      },
    );
  }

  /** How far from its slot each request began, ms. */
  latenesses(): readonly number[] {
    return this.sent.map(({ messageId, attempt, atMs }) => atMs - (this.gate.slotMs.get(`${messageId}:${attempt}`) ?? Number.NaN));
  }

  /** It looks at no window: that nothing is late is the sender's own doing. */
  readonly #provider: MessageProvider = {
    name: "scripted",
    capabilities: { channel: "whatsapp", needsTemplate: true, echoesOpaqueId: true },
    send: async (_account, message, { notAfterMs }) => {
      const ref = plainOpaqueIds.decode(message.opaqueId);
      if (ref === null) throw new Error("not an opaque id of this world");
      const sent = { ...ref, atMs: this.clock.monotonicMs(), notAfterMs };
      this.sent.push(sent);
      await this.clock.sleep(this.answerMs);
      return this.answer(sent);
    },
    warmUp: (connections) => {
      this.warmed.push(connections);
      return this.warmUp();
    },
    parseWebhook: () => ({ kind: "unreadable", reason: "no webhooks in this world" }),
    isSignatureValid: () => false,
    readSenderPlan: () => Promise.reject(new Error("no plans in this world")),
    listTemplates: () => Promise.reject(new Error("no templates in this world")),
    close: () => Promise.resolve(),
  };
}

export const aChunk = (chunkNo: number): Chunk => ({
  chunkNo,
  entries: Array.from({ length: entriesPerChunk }, (_, entryNo) => ({
    to: { channel: "whatsapp", kind: "phone", value: `+1604555${chunkNo}${entryNo}` },
    parameters: { body: [{ name: "1", value: `entry ${entryNo}` }] },
  })),
});

/** Readable, and without the MAC of the real ones. */
const plainOpaqueIds: OpaqueIds = {
  encode: ({ campaignId, messageId, attempt }) => JSON.stringify([campaignId, messageId, attempt]),
  decode: (opaqueId) => {
    if (!opaqueId.startsWith("[")) return null;
    const [campaignId, messageId, attempt] = JSON.parse(opaqueId);
    return { campaignId, messageId, attempt };
  },
};
