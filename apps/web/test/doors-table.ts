import type { Action } from "@herald/identity";
import type { CampaignId } from "@herald/kernel";
import type { Shop } from "@herald/testkit";
import type { DoorFacts } from "../src/doors/door.ts";
import { membersTable } from "./doors-table-members.ts";
import type { Call } from "./world.ts";

/** What a call of the matrix is about: a workspace and a campaign of it. */
export type Target = {
  readonly shop: Shop;
  readonly campaignId: CampaignId;
  readonly messageId: string;
  readonly contactId: string;
  readonly unique: string;
  /** The `id` that the row's arrangement answers, if it does. */
  readonly arrangedId: string;
};
export type DoorRow = {
  readonly path: string;
  readonly method: string;
  readonly auth: DoorFacts["auth"];
  readonly action?: Action;
  readonly workspaceFrom?: "path" | "body" | "campaign";
  readonly audit?: string;
  /** Brings the campaign where the call is possible: a statement of the owner, with the campaign as $1. */
  readonly arrange?: string;
  /** Puts back what an allowed call takes away from the matrix itself; the campaign as $1. */
  readonly restore?: string;
  /** Of a call that is allowed. */
  readonly success?: number;
  readonly call?: (target: Target) => Omit<Call, "path"> & { readonly query?: string };
};

const draftOf = ({ shop }: Target) => ({
  workspaceId: shop.workspaceId,
  senderId: shop.sender.senderId,
  template: { name: shop.template.frozen.name, language: shop.template.frozen.language },
  audience: { tags: ["reachable"] },
  variables: { "body.1": { from: "field", field: "first_name", fallback: "there" } },
});
const campaignParams = ({ campaignId }: Target) => ({ params: { campaignId } });
const control = (verb: "pause" | "resume" | "cancel", audit: string): DoorRow => ({
  path: `/api/campaigns/[campaignId]/${verb}`,
  method: "POST",
  auth: "member",
  action: "campaign.control",
  workspaceFrom: "campaign",
  audit,
  success: 200,
  call: campaignParams,
});

const decision = (verb: string, audit: string, state: "failed" | "unknown", body: object): DoorRow => ({
  path: `/api/campaigns/[campaignId]/${verb}`,
  method: "POST",
  auth: "member",
  action: "campaign.control",
  workspaceFrom: "campaign",
  audit,
  arrange: `with moved as (update campaign_messages set state = '${state}', reason = 'test', next_at = null where campaign_id = $1)
    insert into overflow_watch (waiting, checked_at) values (0, clock_timestamp() + interval '1 minute')
    on conflict (singleton) do update set waiting = 0, checked_at = excluded.checked_at`,
  success: 200,
  call: (target) => ({ ...campaignParams(target), headers: { "idempotency-key": target.unique }, body }),
});

const draft = (method: string, action: Action, audit?: string, body?: object): DoorRow => ({
  path: "/api/workspaces/[workspaceId]/drafts/[draftId]",
  method,
  auth: "member",
  action,
  workspaceFrom: "path",
  ...(audit !== undefined && { audit }),
  arrange: `insert into campaign_drafts (workspace_id, created_by, updated_by) select workspace_id, gen_random_uuid(), gen_random_uuid()
    from campaign_controls where campaign_id = $1 returning id`,
  success: 200,
  call: ({ shop, arrangedId }) => ({ params: { workspaceId: shop.workspaceId, draftId: arrangedId }, ...(body && { body }) }),
});

const person = (verb: string, action: Action, audit: string, body: object, arrange?: string): DoorRow => ({
  path: `/api/workspaces/[workspaceId]/contacts/[contactId]${verb}`,
  method: verb === "" ? "PATCH" : "POST",
  auth: "member",
  action,
  workspaceFrom: "path",
  audit,
  ...(arrange !== undefined && { arrange }),
  success: 200,
  call: ({ shop, contactId }) => ({ params: { workspaceId: shop.workspaceId, contactId }, body }),
});
const optedOutByMember = `with said as (
    insert into consents (workspace_id, contact_id, channel, state, origin)
    select workspace_id, contact_id, 'whatsapp', 'withdrawn', 'operator' from campaign_messages where campaign_id = $1 returning id, workspace_id, contact_id
  )
  insert into consent_states (workspace_id, contact_id, channel, state, consent_id) select workspace_id, contact_id, 'whatsapp', 'withdrawn', id from said
  on conflict (contact_id, channel, purpose) do update set state = excluded.state, consent_id = excluded.consent_id`;

const anImport = `insert into import_batches (workspace_id, file_name, mapping, headers)
  select workspace_id, 'people.csv', '{"phone": "phone", "fields": {}}', '{phone}' from campaign_controls where campaign_id = $1 returning id`;

/** Every door of the product, as it was decided. A route that is not here, or declares itself otherwise, fails the build. */
export const doorsTable: readonly DoorRow[] = [
  { path: "/api/auth/sign-in", method: "POST", auth: "public" },
  { path: "/api/auth/sign-out", method: "POST", auth: "public" },
  { path: "/api/auth/me", method: "GET", auth: "session" },
  {
    path: "/api/workspaces/[workspaceId]/contacts",
    method: "GET",
    auth: "member",
    action: "contacts.read",
    workspaceFrom: "path",
    success: 200,
    call: ({ shop }) => ({ params: { workspaceId: shop.workspaceId }, query: "?search=per&consent=granted" }),
  },
  person("", "contacts.write", "contact.edited", { displayName: "Ana", fields: { city: "Lima", plan: null } }),
  person("/tags", "contacts.write", "contact.tags_changed", { add: ["vip"], remove: ["reachable"] }),
  person("/opt-out", "consent.add", "consent.withdrawn", { note: "said so on the phone" }),
  person("/lift-opt-out", "consent.remove", "consent.lifted", { note: "it was another person" }, optedOutByMember),
  {
    path: "/api/workspaces/[workspaceId]/contacts/import",
    method: "POST",
    auth: "member",
    action: "contacts.import",
    workspaceFrom: "path",
    audit: "contacts.imported",
    success: 200,
    call: ({ shop }) => ({
      params: { workspaceId: shop.workspaceId },
      query: "?fileName=people.csv&defaultCountry=US",
      headers: { "content-type": "text/csv" },
      body: "phone,first_name\n2125550123,Ana\n",
    }),
  },
  {
    path: "/api/workspaces/[workspaceId]/contacts/import/try",
    method: "POST",
    auth: "member",
    action: "contacts.import",
    workspaceFrom: "path",
    success: 200,
    call: ({ shop }) => ({
      params: { workspaceId: shop.workspaceId },
      query: "?defaultCountry=US",
      headers: { "content-type": "text/csv" },
      body: "phone,first_name\n2125550123,Ana\n",
    }),
  },
  {
    path: "/api/workspaces/[workspaceId]/contacts/imports/[importId]",
    method: "GET",
    auth: "member",
    action: "contacts.read",
    workspaceFrom: "path",
    arrange: anImport,
    success: 200,
    call: ({ shop, arrangedId }) => ({ params: { workspaceId: shop.workspaceId, importId: arrangedId } }),
  },
  {
    path: "/api/workspaces/[workspaceId]/contacts/imports/[importId]/refused.csv",
    method: "GET",
    auth: "member",
    action: "contacts.import",
    workspaceFrom: "path",
    audit: "contacts.refused_rows_downloaded",
    arrange: anImport,
    success: 200,
    call: ({ shop, arrangedId }) => ({ params: { workspaceId: shop.workspaceId, importId: arrangedId } }),
  },
  {
    path: "/api/campaigns/preview",
    method: "POST",
    auth: "member",
    action: "campaign.preview",
    workspaceFrom: "body",
    success: 200,
    call: (target) => ({ body: draftOf(target) }),
  },
  {
    path: "/api/campaigns/checks",
    method: "POST",
    auth: "member",
    action: "campaign.preview",
    workspaceFrom: "body",
    success: 200,
    call: (target) => ({ body: { ...draftOf(target), schedule: { start: "now" } } }),
  },
  {
    path: "/api/workspaces/[workspaceId]/drafts",
    method: "POST",
    auth: "member",
    action: "campaign.write",
    workspaceFrom: "path",
    audit: "draft.created",
    success: 200,
    call: ({ shop }) => ({ params: { workspaceId: shop.workspaceId }, body: { name: "Matrix" } }),
  },
  draft("GET", "campaign.read"),
  draft("PUT", "campaign.write", "draft.saved", { name: "Matrix", content: {}, version: 1 }),
  draft("DELETE", "campaign.write", "draft.discarded"),
  {
    path: "/api/workspaces/[workspaceId]/people",
    method: "GET",
    auth: "member",
    action: "campaign.preview",
    workspaceFrom: "path",
    success: 200,
    call: ({ shop, contactId }) => ({ params: { workspaceId: shop.workspaceId }, query: `?contactIds=${contactId}` }),
  },
  {
    path: "/api/campaigns/bulk-send",
    method: "POST",
    auth: "member",
    action: "campaign.send",
    workspaceFrom: "body",
    audit: "campaign.launched",
    success: 202,
    call: (target) => ({ headers: { "idempotency-key": target.unique }, body: { ...draftOf(target), name: "Matrix" } }),
  },
  {
    path: "/api/campaigns/[campaignId]",
    method: "GET",
    auth: "member",
    action: "campaign.read",
    workspaceFrom: "campaign",
    success: 200,
    call: campaignParams,
  },
  {
    path: "/api/campaigns/[campaignId]/pace",
    method: "GET",
    auth: "member",
    action: "campaign.read",
    workspaceFrom: "campaign",
    success: 200,
    call: campaignParams,
  },
  {
    path: "/api/campaigns/[campaignId]/messages",
    method: "GET",
    auth: "member",
    action: "campaign.read",
    workspaceFrom: "campaign",
    success: 200,
    call: campaignParams,
  },
  {
    path: "/api/campaigns/[campaignId]/messages/[messageId]",
    method: "GET",
    auth: "member",
    action: "campaign.read",
    workspaceFrom: "campaign",
    success: 200,
    call: ({ campaignId, messageId }) => ({ params: { campaignId, messageId } }),
  },
  {
    path: "/api/campaigns/[campaignId]/export",
    method: "GET",
    auth: "member",
    action: "contacts.export",
    workspaceFrom: "campaign",
    audit: "recipients.exported",
    success: 200,
    call: campaignParams,
  },
  {
    path: "/api/campaigns/test-send",
    method: "POST",
    auth: "member",
    action: "campaign.send",
    workspaceFrom: "body",
    audit: "campaign.tested",
    success: 202,
    call: (target) => {
      const { workspaceId, senderId, template, variables } = draftOf(target);
      const body = { workspaceId, senderId, template, variables, contactIds: [target.contactId] };
      return { headers: { "idempotency-key": target.unique }, body };
    },
  },
  {
    path: "/api/campaigns/[campaignId]/schedule",
    method: "POST",
    auth: "member",
    action: "campaign.control",
    workspaceFrom: "campaign",
    audit: "campaign.rescheduled",
    arrange: "update campaign_history set status = 'scheduled', scheduled_at = now() + interval '1 hour' where id = $1",
    success: 200,
    call: (target) => ({ ...campaignParams(target), body: { now: true } }),
  },
  control("pause", "campaign.paused"),
  control("resume", "campaign.resumed"),
  control("cancel", "campaign.cancelled"),
  decision("resend", "messages.resent", "failed", { what: "failed", note: "they asked for it" }),
  decision("write-off", "messages.written_off", "unknown", { note: "too long ago" }),
  {
    path: "/api/campaigns/[campaignId]/rate",
    method: "POST",
    auth: "member",
    action: "campaign.control",
    workspaceFrom: "campaign",
    audit: "campaign.pace_set",
    success: 200,
    call: (target) => ({ ...campaignParams(target), body: { weight: 2, maxPerSecond: 10 } }),
  },
  {
    path: "/api/workspaces/[workspaceId]/kill-switch",
    method: "POST",
    auth: "member",
    action: "campaign.control",
    workspaceFrom: "path",
    audit: "workspace.kill_switch_set",
    success: 200,
    call: ({ shop }) => ({ params: { workspaceId: shop.workspaceId }, body: { on: true, note: "complaints" } }),
  },
  {
    path: "/api/workspaces/[workspaceId]/senders/[senderId]/kill-switch",
    method: "POST",
    auth: "member",
    action: "campaign.control",
    workspaceFrom: "path",
    audit: "sender.kill_switch_set",
    success: 200,
    call: ({ shop }) => ({
      params: { workspaceId: shop.workspaceId, senderId: shop.sender.senderId },
      body: { on: true, note: "complaints" },
    }),
  },
  {
    path: "/api/workspaces/[workspaceId]/campaigns",
    method: "GET",
    auth: "member",
    action: "campaign.read",
    workspaceFrom: "path",
    success: 200,
    call: ({ shop, campaignId }) => ({ params: { workspaceId: shop.workspaceId }, query: `?campaignIds=${campaignId}` }),
  },
  {
    path: "/api/workspaces/[workspaceId]/blocks",
    method: "GET",
    auth: "member",
    action: "campaign.read",
    workspaceFrom: "path",
    success: 200,
    call: ({ shop }) => ({ params: { workspaceId: shop.workspaceId } }),
  },
  {
    path: "/api/workspaces/[workspaceId]/blocks/[blockId]/cure",
    method: "POST",
    auth: "member",
    action: "campaign.control",
    workspaceFrom: "path",
    audit: "block.cured",
    arrange: `insert into blocks (workspace_id, scope, scope_id, class) select workspace_id, 'template', campaign_id, 'TEMPLATE'
      from campaign_controls where campaign_id = $1 returning id`,
    success: 200,
    call: ({ shop, arrangedId }) => ({ params: { workspaceId: shop.workspaceId, blockId: arrangedId }, body: { note: "approved again" } }),
  },
  ...membersTable,
  { path: "/api/webhooks/whatsapp", method: "GET", auth: "public" },
  { path: "/api/webhooks/whatsapp", method: "POST", auth: "webhook" },
  {
    path: "/api/realtime/auth",
    method: "POST",
    auth: "member",
    action: "workspace.read",
    workspaceFrom: "body",
    success: 200,
    call: ({ shop }) => ({ body: { socket_id: "1234.5678", channel_name: `private-workspace-${shop.workspaceId}` } }),
  },
  ...["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) => ({ path: "/api/[...path]", method, auth: "public" as const })),
  { path: "/api/health", method: "GET", auth: "public" },
  { path: "/api/sources/whatsapp/connect", method: "GET", auth: "public" },
  { path: "/api/sources/whatsapp/connect", method: "POST", auth: "public" },
];
