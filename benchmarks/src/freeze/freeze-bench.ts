import { LaunchCampaignInput, type Launched, launchCampaign } from "@herald/campaign";
import { can } from "@herald/identity";
import { type Actor, expectOk } from "@herald/kernel";
import { createVerbs, type Verbs } from "@herald/postgres";
import { type Bench, countOptions, type Figures } from "../bench.ts";
import { costOf, highestRssMb, inOwnPostgres, type OwnPostgres } from "../import/own-postgres.ts";
import { excludedTag, type SeededAudience, seedAudience } from "./seed-audience.ts";

/** Memory is flat when a long freeze needs no more than short ones do. Forty of them: V8 collects lazily, and a process that has just begun has not begun to. */
const shortRecipients = 10_000;
const shortFreezes = 40;
/** Far above what a freeze may take: a run that is too slow shall say how slow. */
const longestFreezeMs = 600_000;

export const freezeBench: Bench = {
  name: "freeze",
  usage: "freeze --recipients 1000000",
  measures:
    "The launch verb and Postgres, from its call to the commit: exclusions, parameters, chunks and ledger rows of everybody on one list, in an empty database of its own; forty times 10,000 people, then all. HTTP, Temporal and Redis are not in it.",
  async run(args, say) {
    const { recipients } = countOptions(args, { recipients: { default: 1_000_000, min: shortRecipients, max: 5_000_000 } });
    return inOwnPostgres(say, (postgres) => measure(recipients, postgres, say));
  },
};

async function measure(recipients: number, postgres: OwnPostgres, say: (line: string) => void): Promise<Figures> {
  const audience = await seedAudience(postgres);
  const verbs = createVerbs({ url: postgres.url("VERBS_DATABASE_URL"), applicationName: "herald-bench", maxConnections: 1 });
  try {
    say(`seeding ${shortRecipients} people`);
    const shortListId = await audience.listOf(shortRecipients);
    for (let freezes = 0; freezes < shortFreezes; freezes += 1) await freezeList(verbs, audience, shortListId, shortRecipients);
    const rssMbAt10k = highestRssMb();
    say(`seeding ${recipients} people`);
    const listId = await audience.listOf(recipients);
    say(`freezing ${recipients} recipients`);
    const { answer: launched, cost } = await costOf(postgres, () => freezeList(verbs, audience, listId, recipients));
    return {
      recipients,
      ...cost,
      rssMb: highestRssMb(),
      rssMbAt10k,
      recipientsPerSecond: Math.round(recipients / cost.seconds),
      eligible: launched.eligible,
      chunks: launched.chunkCount,
    };
  } finally {
    await verbs.close();
  }
}

/** A workspace's bound on manual campaigns is lifted: a program has none. */
async function freezeList(verbs: Verbs, audience: SeededAudience, listId: string, recipients: number): Promise<Launched> {
  const actor: Actor = { kind: "user", userId: audience.userId, role: "owner" };
  const input = LaunchCampaignInput.parse({
    name: `Bench of ${recipients}`,
    senderId: audience.senderId,
    template: audience.template,
    audience: { listIds: [listId], exclude: { tags: [excludedTag] } },
    variables: {
      "body.first_name": { from: "field", field: "first_name" },
      "body.count": { from: "static", value: "12" },
      "body.city": { from: "field", field: "city", fallback: "your town" },
      "button.0": { from: "field", field: "code" },
    },
  });
  const answer = await verbs.inTransaction(
    actor,
    audience.workspaceId,
    (ports) =>
      launchCampaign(
        {
          ...ports,
          campaigns: { ...ports.campaigns, limits: async () => ({ maxRecipients: recipients, limitedBy: "workspace" }) },
          allows: (action) => can(actor, action, { onlyAdminsSend: false }),
        },
        input,
      ),
    { maxMs: longestFreezeMs },
  );
  const launched = expectOk(answer, "the launch was refused");
  const { isBalanced } = await verbs.inTransaction(actor, audience.workspaceId, ({ reports }) => reports.balance(launched.campaignId));
  if (launched.planned !== recipients || !isBalanced)
    throw new Error(`${launched.planned} of ${recipients} were planned: what was measured is not what was meant`);
  return launched;
}
