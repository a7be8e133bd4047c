import type { CampaignId, ContactId, MessageId, WorkspaceId } from "@herald/kernel";
import { createDoor, createEngine, createVerbs, type Engine, type EngineConfig, type Verbs, type WebhookDoor } from "@herald/postgres";
import { type TestDatabase, testDatabase } from "./database/test-database.ts";
import { openToken } from "./factories/access-token.ts";
import { aCampaign, type CampaignBuilder } from "./factories/campaign.ts";
import { type Contact, type ContactOptions, contacts } from "./factories/people.ts";
import { aMember, aSender, aTemplate, aWorkspace, type TestActor, type TestSender, type TestTemplate } from "./factories/workspace.ts";

/** One shop with one number, and the adapters of every role on a database of its own. */
export type World = {
  readonly database: TestDatabase;
  readonly verbs: Verbs;
  readonly door: WebhookDoor;
  readonly engine: Engine;
  /** Another worker process: connections, shards and drains of its own. Closed with the world. */
  readonly anotherEngine: (options?: Partial<EngineConfig>) => Engine;
  /** Another tenant, with a member and a number. */
  readonly aShop: (options?: ShopOptions) => Promise<Shop>;
  readonly close: () => Promise<void>;
};
export type ShopOptions = {
  readonly capPerSecond?: number;
  readonly frequencyCap?: string | null;
  readonly category?: "MARKETING" | "UTILITY";
};
export type Shop = {
  readonly workspaceId: WorkspaceId;
  readonly actor: TestActor;
  readonly sender: TestSender;
  readonly template: TestTemplate;
  readonly contacts: (count: number, options?: ContactOptions) => Promise<readonly Contact[]>;
  readonly aCampaign: () => CampaignBuilder;
  /** Rows of the ledger as they stand, with the owner's eyes. */
  readonly messages: (campaignId: CampaignId) => Promise<readonly LedgerRow[]>;
};
export type LedgerRow = {
  readonly id: MessageId;
  readonly contact_id: ContactId;
  readonly state: string;
  readonly receipt: string | null;
  readonly reason: string | null;
  readonly attempt: number;
  readonly tries: number;
  readonly next_at: Date | null;
};

export async function createWorld(options: Partial<EngineConfig> = {}): Promise<World> {
  const database = await testDatabase();
  const verbs = createVerbs({ url: database.urls.verbs, applicationName: "test-verbs" });
  const door = createDoor({ url: database.urls.door, applicationName: "test-door" });
  const engines: Engine[] = [];
  const anotherEngine = (more: Partial<EngineConfig> = {}): Engine => {
    const engine = createEngine({
      url: database.urls.engine,
      applicationName: "test-engine",
      openToken,
      providersByName: {},
      monotonicMs: () => performance.now(),
      ...options,
      ...more,
    });
    engines.push(engine);
    return engine;
  };
  return {
    database,
    verbs,
    door,
    engine: anotherEngine(),
    anotherEngine,
    aShop: (shop = {}) => aShop(database, verbs, shop),
    async close() {
      await Promise.all([verbs.close(), door.close(), ...engines.map((engine) => engine.close())]);
      await database.drop();
    },
  };
}

async function aShop({ owner }: TestDatabase, verbs: Verbs, options: ShopOptions): Promise<Shop> {
  const workspaceId = await aWorkspace(owner, options.frequencyCap === undefined ? {} : { frequencyCap: options.frequencyCap });
  const actor = await aMember(owner, workspaceId);
  const sender = await aSender(owner, workspaceId, options.capPerSecond === undefined ? {} : { capPerSecond: options.capPerSecond });
  const template = await aTemplate(
    owner,
    workspaceId,
    sender.sourceId,
    options.category === undefined ? {} : { category: options.category },
  );
  return {
    workspaceId,
    actor,
    sender,
    template,
    contacts: (count, more) => contacts(owner, workspaceId, count, more),
    aCampaign: () => aCampaign(verbs, { workspaceId, actor, sender, template }),
    messages: async (campaignId) =>
      (
        await owner.query<LedgerRow>(
          "select id, contact_id, state, receipt, reason, attempt, tries, next_at from campaign_messages where campaign_id = $1 order by id",
          [campaignId],
        )
      ).rows,
  };
}
