import type pg from "pg";
import { type GrantedLane, grant, takeOver } from "./engine.ts";
import { anotherNumber, aSending, type Launched, launched, people } from "./launched.ts";

/** A portfolio as the laws see it: numbers that share a limit, each with campaigns that are under way. */

export type Running = Launched & { readonly epoch: number };
export type Portfolio = {
  readonly workspaceId: string;
  readonly portfolioId: string;
  readonly campaigns: readonly Running[];
  readonly contactIds: readonly string[];
};
type Named = Pick<Portfolio, "workspaceId" | "portfolioId">;
export type PortfolioOptions = {
  /** Null: no limit is known. */
  readonly limit: number | null;
  readonly people?: number;
  readonly frequencyCap?: string;
};

/** Two numbers of one portfolio; campaigns to these audiences, on the first and the second number in turn. */
export async function aPortfolio(
  owner: pg.Pool,
  engine: pg.Client,
  { limit, people: count = 40, ...options }: PortfolioOptions,
  audiences: (contactIds: readonly string[]) => readonly (readonly string[])[],
): Promise<Portfolio> {
  const first = await aSending(owner, options);
  const { workspaceId } = first;
  const numbers = [first, await anotherNumber(owner, workspaceId)];
  const { rows } = await owner.query<{ id: string }>(
    "insert into portfolios (workspace_id, provider, provider_portfolio_id, messaging_limit) values ($1, 'meta', gen_random_uuid()::text, $2) returning id",
    [workspaceId, limit],
  );
  const portfolioId = rows[0]?.id ?? "";
  await owner.query("update sources set portfolio_id = $2 where workspace_id = $1", [workspaceId, portfolioId]);
  const contactIds = await people(owner, workspaceId, count);
  const campaigns: Running[] = [];
  for (const [index, audience] of audiences(contactIds).entries()) {
    const campaign = await launched(owner, numbers[index % 2] ?? first, audience);
    campaigns.push({ ...campaign, epoch: await takeOver(engine, workspaceId, campaign.campaignId) });
  }
  return { workspaceId, portfolioId, campaigns, contactIds };
}

export const ask = (client: pg.Client, campaign: Running, want: number): Promise<readonly GrantedLane[]> =>
  grant(client, { ...campaign, lanes: [{ campaignId: campaign.campaignId, epoch: campaign.epoch, want }] });

/** Live places by their rows, and by the portfolio's own count. */
export async function placesOf(owner: pg.Pool, portfolioId: string): Promise<{ readonly rows: number; readonly taken: number }> {
  const { rows } = await owner.query<{ rows: number; taken: number }>(
    `select herald.places_taken($1, null) as taken,
      (select count(*)::int from portfolio_reservations where portfolio_id = $1 and expires_at > to_timestamp(herald.now_s())) as rows`,
    [portfolioId],
  );
  return rows[0] ?? { rows: 0, taken: 0 };
}

/** The provider's word about the limit, newer than any before. */
export async function tellLimit(client: pg.Client, { workspaceId, portfolioId }: Named, limit: number | null): Promise<void> {
  await client.query("begin");
  try {
    await client.query("select herald.enter_workspace($1)", [workspaceId]);
    await client.query("delete from provider_words where subject_id = $1", [portfolioId]);
    await client.query("select herald.set_portfolio_limit($1, $2, clock_timestamp(), $3)", [workspaceId, portfolioId, limit]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

/** One batch; true while there may be more. */
export async function countPlaces(client: pg.Client, { workspaceId, portfolioId }: Named, limit: number): Promise<boolean> {
  const { rows } = await client.query<{ more: boolean }>("select herald.count_places($1, $2, $3) as more", [
    workspaceId,
    portfolioId,
    limit,
  ]);
  return rows[0]?.more === true;
}

/** A limit that was told, and everybody counted. */
export async function makeLimitKnown(client: pg.Client, portfolio: Named, limit: number): Promise<void> {
  await tellLimit(client, portfolio, limit);
  while (await countPlaces(client, portfolio, 1000));
}

/** A person wrote to the number: the message and its window, as the inbox records them. */
export async function wrote(owner: pg.Pool, { workspaceId, senderId }: Running, contactIds: readonly string[], agoS = 60): Promise<void> {
  await owner.query(
    `with said as (select c.id, clock_timestamp() - make_interval(secs => $4) as at from unnest($3::uuid[]) c(id)), message as (
       insert into inbound_messages (workspace_id, provider_message_id, sender_id, contact_id, inbox_id, type, at)
       select $1, gen_random_uuid()::text, $2, id, 1, 'text', at from said)
     insert into service_windows as w (workspace_id, sender_id, contact_id, open_until) select $1, $2, id, at + interval '24 hours' from said
     on conflict (sender_id, contact_id) do update set open_until = greatest(w.open_until, excluded.open_until)`,
    [workspaceId, senderId, contactIds, agoS],
  );
}
