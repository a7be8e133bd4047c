import { aMember } from "@herald/testkit";
import type pg from "pg";
import { pace, takeOver } from "../support/engine.ts";
import { anotherNumber, aSending, type Launched, launched, people, type Sending } from "../support/launched.ts";
import type { LawDatabase } from "../support/law-database.ts";
import { look, type SeenCampaign } from "./look.ts";
import type { Model, ModelCampaign, ModelNumber, Options } from "./model.ts";
import type { Real } from "./step.ts";

export type Connections = Pick<Real, "engine" | "verbs" | "owner">;

const peopleCount = 4;
const badRecord = "1".repeat(24);

/** A tenant of its own with two numbers of one portfolio and three campaigns to the same people, all of them under way: two on the first number, one on the second. */
export async function aWorld(
  db: LawDatabase,
  { engine, verbs, owner }: Connections,
  options: Options,
): Promise<{ model: Model; real: Real }> {
  const capPerSecond = options.isPaced ? 20 : 1000;
  await owner.query("select herald.set_stop_all(false)");
  await owner.query("delete from webhook_inbox");
  const first = await aSending(db.owner, { capPerSecond, ...(options.isCapped ? { frequencyCap: "24 hours" } : {}) });
  const { workspaceId } = first;
  const second = await anotherNumber(db.owner, workspaceId, capPerSecond);
  await inOnePortfolio(owner, workspaceId, options.portfolioLimit);
  if (options.isShaky)
    await owner.query("insert into number_health (workspace_id, sender_id, recent) values ($1, $2, $3)", [
      workspaceId,
      first.senderId,
      badRecord,
    ]);
  const contactIds = await people(db.owner, workspaceId, peopleCount);
  const campaigns = [
    await launched(db.owner, first, contactIds),
    await launched(db.owner, first, contactIds, "UTILITY", options.isPriority),
    await launched(db.owner, second, contactIds),
  ];
  for (const { campaignId } of campaigns) await takeOver(engine, workspaceId, campaignId);
  const seen = await look(
    owner,
    workspaceId,
    campaigns.map(({ campaignId }) => campaignId),
  );
  const numbers = [toNumber(first, options, options.isShaky ? badRecord : ""), toNumber(second, options, "")];
  const model: Model = {
    options,
    numbers,
    campaigns: campaigns.map((campaign, index) => toCampaign(campaign, seen.campaigns[index], contactIds, numbers, index === 1, options)),
    killed: new Set(),
    blocked: new Set(),
    words: new Map(),
    windows: new Map(),
    isInboxBehind: false,
    clockS: 0,
    steps: 0,
  };
  const { userId } = await aMember(db.owner, workspaceId);
  return { model, real: { workspaceId, engine, verbs, owner, acting: { workspaceId, userId } } };
}

async function inOnePortfolio(owner: pg.Client, workspaceId: string, limit: number | null): Promise<void> {
  if (limit === null) return;
  await owner.query(
    `with made as (insert into portfolios (workspace_id, provider, provider_portfolio_id, messaging_limit) values ($1, 'meta', gen_random_uuid()::text, $2) returning id)
     update sources set portfolio_id = made.id from made where workspace_id = $1`,
    [workspaceId, limit],
  );
}

const toNumber = ({ senderId, sourceId }: Sending, { isPaced }: Options, recent: string): ModelNumber => ({
  senderId,
  sourceId,
  capPerSecond: isPaced ? 20 : 1000,
  horizonS: isPaced ? pace.horizon : 3600,
  slots: [],
  recent,
  openedAt: null,
  probed: { clockS: -1, machineMs: 0 },
  restUntilS: 0,
});

function toCampaign(
  { campaignId, templateId, senderId }: Launched,
  seen: SeenCampaign | undefined,
  contactIds: readonly string[],
  numbers: readonly ModelNumber[],
  isUtility: boolean,
  { isPriority }: Options,
): ModelCampaign {
  const number = numbers.find((one) => one.senderId === senderId);
  if (number === undefined || seen === undefined) throw new Error("every campaign has its number, and is looked at");
  return {
    campaignId,
    templateId,
    number,
    isMarketing: !isUtility,
    isPriority: isUtility && isPriority,
    frozen: seen.frozen,
    epoch: 1,
    flag: "running",
    controlSeq: 0,
    status: "sending",
    runNo: 0,
    hasLane: true,
    ceiling: null,
    messages: seen.messages.map(({ id }, index) => ({
      messageId: id,
      contactId: contactIds[index] ?? "",
      attempts: [],
      state: "queued",
      receipt: null,
      tries: 0,
      dueS: 0,
      isDecided: false,
      mayHoldCap: false,
      placeUntilS: 0,
      isHeardLate: false,
    })),
  };
}
