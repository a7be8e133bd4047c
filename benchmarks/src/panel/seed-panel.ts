import { randomUUID } from "node:crypto";
import { csvColumns, demoMembers, demoPassword, signIn, springSaleRules } from "@herald/demo";
import { waitFor } from "@herald/stack";
import type { APIRequestContext } from "playwright-core";
import { CannotMeasure } from "../bench.ts";
import { newSender, settleDatabase } from "../world/audience.ts";
import { campaignDraft } from "../world/campaigns.ts";
import { operatorOf } from "../world/operator.ts";
import type { World } from "../world/world.ts";

/** A workspace that somebody has worked in for a while; ids of what pages are opened of. */
export type Seeded = {
  readonly campaignId: string;
  readonly campaignName: string;
  readonly senderId: string;
  /** Somebody who read the campaign's message. */
  readonly messageId: string;
  readonly contactId: string;
  readonly importBatchId: string;
  readonly draftId: string;
  readonly draftName: string;
  /** Whole address of an open invitation. */
  readonly invitation: string;
};

const cap = 1000;
/** What is sent before pages are measured: messages in every state, and most of them still to come. */
const sentShare = 0.2;
const sendingMs = 300_000;
const drainingMs = 300_000;
/** A campaign that sends while it is looked at, and leaves the machine to the page. */
const livePerSecond = 5;
const imports = 20;
const rowsOfImport = 200;
const refusedOfImport = 12;
const auditCopies = 500;

/** Names with accents, two countries, some opted out, some never asked, some deleted, some without a first name; added over three weeks. */
const peopleSql = `
  with people as materialized (
    select gen_random_uuid() as id, n, now() - n * interval '18 seconds' as at,
      (array['Ana','Ben','Chloé','Dario','Elif','Farid','Grace','Hugo','Inês','Jonas','Kemi','Léa','Mateo','Nadia','Omar','Priya','Quinn','Rosa','Sven','Tariq'])[1 + n % 20] as first,
      (array['Almeida','Berg','Costa','Dubois','Eriksen','Fischer','García','Haddad','Ito','Jansen','Khan','Lopes','Meyer'])[1 + n / 20 % 13] as last,
      case when n % 5 = 0 then '+49151' || (10000000 + n) else '+97150' || (2000000 + n) end as phone
    from generate_series(0, $3::int - 1) n
  ), added as (
    insert into contacts (id, workspace_id, display_name, fields, country, status, created_at, updated_at)
    select id, $1, first || ' ' || last || ' ' || n,
      case when n % 40 = 3 then '{}' else jsonb_build_object('first_name', first) end || jsonb_build_object('last_name', last, 'city', (array['Dubai','Berlin','Sharjah','Köln'])[1 + n % 4]),
      case when n % 5 = 0 then 'DE' else 'AE' end, case when n % 200 = 99 then 'deleted' else 'active' end, at, at from people
  ), reached as (
    insert into contact_addresses (workspace_id, contact_id, channel, kind, value) select $1, id, 'whatsapp', 'phone', phone from people
  ), said as (
    insert into consents (workspace_id, contact_id, channel, state, origin, at)
    select $1, id, 'whatsapp', case when n % 50 = 7 then 'withdrawn' else 'granted' end, 'bench', at from people where n % 100 <> 13 returning id, contact_id, state
  ), current as (
    insert into consent_states (workspace_id, contact_id, channel, state, consent_id) select $1, contact_id, 'whatsapp', state, id from said
  ), tagged as (
    insert into contact_tags (workspace_id, contact_id, tag)
    select $1, id, tag from people, unnest(array['vip', 'newsletter', 'plants']) with ordinality t (tag, nth) where (n + nth) % (8 * nth) = 0
  )
  insert into recipient_list_members (workspace_id, recipient_list_id, contact_id) select $1, $2, id from people`;

/** Seeds with the database's owner what no door makes quickly, and does the rest through doors, as an operator whose requests carry `request`'s session. */
export async function seedPanel(world: World, request: APIRequestContext, rows: number, say: (line: string) => void): Promise<Seeded> {
  const { owner, workspaceId, webUrl, provider } = world;
  const post = async <Answer>(path: string, data: object): Promise<Answer> => {
    const answer = await request.post(`${webUrl}${path}`, { data, headers: { origin: webUrl ?? "" } });
    if (!answer.ok()) throw new CannotMeasure(`${path} answered ${answer.status()}: ${(await answer.text()).slice(0, 300)}`);
    return (await answer.json()) as Answer;
  };
  say(`seeding ${rows} people`);
  await owner.query("update workspaces set max_recipients = greatest(max_recipients, $2) where id = $1", [workspaceId, rows]);
  const { senderId } = await newSender(world, cap, 1);
  const listId = randomUUID();
  await owner.query("insert into recipient_lists (id, workspace_id, name) values ($1, $2, 'Everybody')", [listId, workspaceId]);
  await owner.query(peopleSql, [workspaceId, listId, rows]);
  await settleDatabase(owner);

  const { importBatchId, lists } = await someImports(world);
  const campaignName = "Bench of the panel";
  const campaignId = await sendingCampaign(world, campaignDraft(senderId, listId, campaignName), rows, say);
  const operator = await operatorOf(world);
  for (const [nth, one] of lists.entries())
    await operator.launch({ ...campaignDraft(senderId, one, `Planned ${nth + 1}`), schedule: { at: inDays(nth + 2) } });

  const drafts = `/api/workspaces/${workspaceId}/drafts`;
  for (let nth = 1; nth <= imports; nth += 1) await post(drafts, { name: `Idea ${nth}`, content: {} });
  const { name: draftName, ...content } = campaignDraft(senderId, listId, "Bench of the wizard");
  const { draftId } = await post<{ draftId: string }>(drafts, { name: draftName, content: { ...content, schedule: { start: "now" } } });
  const invited = { email: "nina.new@lucky-shrub.example", role: "member" };
  const { link } = await post<{ link: string }>(`/api/workspaces/${workspaceId}/invitations`, invited);
  // what was done so far, as often as months of work have it
  await owner.query(
    `insert into audit_log (workspace_id, at, actor_kind, actor_id, action, resource_kind, resource_id, detail)
     select workspace_id, at - n * interval '1 hour', actor_kind, actor_id, action, resource_kind, resource_id, detail
     from audit_log, generate_series(1, $2) n where workspace_id = $1`,
    [workspaceId, auditCopies],
  );

  say("waiting until every receipt is taken in");
  const waiting = async (): Promise<number> =>
    (await owner.query<{ waiting: number }>("select count(*)::int as waiting from webhook_inbox where drained_at is null")).rows[0]
      ?.waiting ?? -1;
  await waitFor(
    "every receipt to be taken in",
    drainingMs,
    async () => (await provider.summary()).queueEmpty && (await waiting()) === 0,
    500,
  );
  await owner.query("vacuum (analyze)");
  await owner.query("checkpoint");
  await operator.rate(campaignId, livePerSecond);
  await operator.control(campaignId, "resume");
  const before = (await provider.summary()).requests;
  await waitFor("the campaign to go on", 60_000, async () => (await provider.summary()).requests > before);

  const { rows: read } = await owner.query<{ id: string; contact_id: string }>(
    "select id, contact_id from campaign_messages where campaign_id = $1 and receipt = 'read' order by id limit 1",
    [campaignId],
  );
  const [message] = read;
  if (!message) throw new CannotMeasure("nobody has read the campaign's message: there is no story to open");
  return {
    campaignId,
    campaignName,
    senderId,
    messageId: message.id,
    contactId: message.contact_id,
    importBatchId,
    draftId,
    draftName,
    invitation: link,
  };
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** Small files through the door, each onto a list of its own, some rows of each refused. */
async function someImports({ webUrl, workspaceId }: World): Promise<{ readonly importBatchId: string; readonly lists: readonly string[] }> {
  const product = await signIn(webUrl ?? "", demoMembers.find(({ role }) => role === "owner")?.email ?? "", demoPassword);
  const lists: string[] = [];
  let importBatchId = "";
  for (let nth = 1; nth <= imports; nth += 1) {
    const query = { fileName: `customers-${nth}.csv`, listName: `Customers ${nth}`, ...csvColumns };
    const imported = await product.importCsv(workspaceId, query, aFile(nth, rowsOfImport));
    if (imported.refused !== refusedOfImport || imported.recipientListId === null)
      throw new CannotMeasure(`${imported.refused} rows of an import were refused: what is shown is not what was meant`);
    importBatchId = imported.importBatchId;
    lists.push(imported.recipientListId);
  }
  return { importBatchId, lists };
}

/** A file of people whom nobody else has; the first rows have no number. */
export function aFile(nth: number, rows: number): string {
  const line = (row: number): string => {
    const phone = row < refusedOfImport ? "12" : `+1647${2_000_000 + nth * 10_000 + row}`;
    return `${phone},Ana,Almeida,Toronto,${row % 20 === 0 ? "no" : "yes"}`;
  };
  return ["phone,first_name,last_name,city,marketing_consent", ...Array.from({ length: rows }, (_, row) => line(row))].join("\n");
}

/** A campaign to everybody, a part of it sent and answered, paused: what Meta refuses, what fails later and who writes back is among it. */
async function sendingCampaign(world: World, draft: object, rows: number, say: (line: string) => void): Promise<string> {
  const { owner, provider } = world;
  await provider.simulator.configure({ timeScale: 0.1 });
  await provider.simulator.script(springSaleRules);
  await world.startDispatchWorker("worker-dispatch-1", 50);
  const operator = await operatorOf(world);
  say(`launching a campaign to ${rows} people`);
  const campaignId = await operator.launch(draft);
  const { rows: counted } = await owner.query<{ count: number }>(
    "select count(*)::int as count from campaign_messages where campaign_id = $1",
    [campaignId],
  );
  if (counted[0]?.count !== rows) throw new CannotMeasure(`the campaign has ${counted[0]?.count} recipients, and ${rows} were meant`);
  say(`sending it to every ${Math.round(1 / sentShare)}th`);
  await waitFor("a part of the campaign to be sent", sendingMs, async () => (await provider.summary()).requests >= rows * sentShare, 500);
  await operator.control(campaignId, "pause");
  await provider.untilAnswered();
  return campaignId;
}
