import { randomUUID } from "node:crypto";
import { shop } from "@herald/demo";
import type pg from "pg";
import type { World } from "./world.ts";

/** Of the mobile range +971 50: seven digits, and nobody is written to: requests end at the simulator. */
const firstPhone = 1_000_000;
const lastPhone = 9_999_999;
/** Where the next people of this process begin: nobody is on two lists, so that no campaign meets another's frequency cap. */
let nextPhone = firstPhone;

const peopleSql = `
  with people as materialized (
    select gen_random_uuid() as id, '+97150' || ($4::int + n)::text as phone, n from generate_series(0, $3::int - 1) n
  ), added as (
    insert into contacts (id, workspace_id, display_name, fields, country)
    select id, $1, 'Person ' || n, jsonb_build_object('first_name', 'Ana', 'city', 'Dubai'), 'AE' from people
  ), reached as (
    insert into contact_addresses (workspace_id, contact_id, channel, kind, value) select $1, id, 'whatsapp', 'phone', phone from people
  ), agreed as (
    insert into consents (workspace_id, contact_id, channel, state, origin) select $1, id, 'whatsapp', 'granted', 'bench' from people returning id, contact_id
  ), current as (
    insert into consent_states (workspace_id, contact_id, channel, state, consent_id) select $1, contact_id, 'whatsapp', 'granted', id from agreed
  )
  insert into recipient_list_members (workspace_id, recipient_list_id, contact_id) select $1, $2, id from people`;

/** A list of so many new people with consent; answers its id. Its tables are left as a database at rest has them. */
export async function newList(owner: pg.Client, people: number): Promise<string> {
  if (nextPhone + people > lastPhone + 1) throw new RangeError("a run has at most nine million people");
  const listId = randomUUID();
  await owner.query("insert into recipient_lists (id, workspace_id, name) values ($1, $2, $3)", [
    listId,
    shop.workspaceId,
    `Bench ${listId}`,
  ]);
  await owner.query(peopleSql, [shop.workspaceId, listId, people, nextPhone]);
  nextPhone += people;
  return listId;
}

/** Statistics and visibility as they are hours after an import, so that the database's housekeeping for it does not fall into a measurement. */
export async function settleDatabase(owner: pg.Client): Promise<void> {
  await owner.query("vacuum (analyze) contacts, contact_addresses, consents, consent_states, recipient_list_members");
  await owner.query("checkpoint");
}

/** A number with this cap, lists of so many new people each, a workspace that may write to them, and a database at rest. */
export async function audienceOf(
  world: World,
  { cap, ordinal = 1, people }: { readonly cap: number; readonly ordinal?: number; readonly people: readonly number[] },
): Promise<{ readonly sender: Sender; readonly listIds: readonly string[] }> {
  const { owner } = world;
  await owner.query("update workspaces set max_recipients = greatest(max_recipients, $2) where id = $1", [
    world.workspaceId,
    Math.max(...people),
  ]);
  const sender = await newSender(world, cap, ordinal);
  const listIds: string[] = [];
  for (const count of people) listIds.push(await newList(owner, count));
  await settleDatabase(owner);
  return { sender, listIds };
}

export type Sender = { readonly senderId: string; readonly providerNumberId: string };

/** How Meta describes a number with this throughput. Source: developers.facebook.com/documentation/business-messaging/whatsapp/throughput */
const plans: Readonly<Record<number, { readonly level: "STANDARD" | "HIGH"; readonly isOnBizApp: boolean; readonly source: string }>> = {
  20: { level: "STANDARD", isOnBizApp: true, source: "coexistence" },
  80: { level: "STANDARD", isOnBizApp: false, source: "meta_default_throughput" },
  1000: { level: "HIGH", isOnBizApp: false, source: "meta_phone_throughput" },
};
export const knownCaps: readonly number[] = Object.keys(plans).map(Number);

/** Another number of the shop with this cap, at the provider and in the database. */
export async function newSender({ owner, provider }: World, capPerSecond: number, ordinal: number): Promise<Sender> {
  const plan = plans[capPerSecond];
  if (!plan) throw new RangeError(`a number's cap is one of ${knownCaps.join(", ")}`);
  const digits = String(ordinal).padStart(2, "0");
  const sender = { senderId: randomUUID(), providerNumberId: `40000000000001${digits}` };
  const displayNumber = `+141655501${digits}`;
  await provider.simulator.configure({
    numbers: [
      {
        phoneNumberId: sender.providerNumberId,
        wabaId: shop.source.wabaId,
        displayPhoneNumber: displayNumber,
        verifiedName: shop.name,
        throughputLevel: plan.level,
        isOnBizApp: plan.isOnBizApp,
        // the pace is measured, not the portfolio's daily limit
        messagingLimit: "TIER_UNLIMITED",
      },
    ],
  });
  await owner.query(
    `insert into phone_numbers (id, workspace_id, source_id, provider_number_id, display_number, verified_name, quality, cap_per_second, plan_source, plan_level)
     values ($1, $2, $3, $4, $5, $6, 'GREEN', $7, $8, $9)`,
    [
      sender.senderId,
      shop.workspaceId,
      shop.source.id,
      sender.providerNumberId,
      displayNumber,
      shop.name,
      capPerSecond,
      plan.source,
      plan.level,
    ],
  );
  return sender;
}
