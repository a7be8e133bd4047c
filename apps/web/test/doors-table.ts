import type { Action } from "@herald/identity";
import type { CampaignId } from "@herald/kernel";
import type { Shop } from "@herald/testkit";
import type { DoorFacts } from "../src/doors/door.ts";
import type { Call } from "./world.ts";

/** What a call of the matrix is about: a workspace and a campaign of it. */
export type Target = { readonly shop: Shop; readonly campaignId: CampaignId; readonly messageId: string; readonly unique: string };
export type DoorRow = {
  readonly path: string;
  readonly method: string;
  readonly auth: DoorFacts["auth"];
  readonly action?: Action;
  readonly workspaceFrom?: "path" | "body" | "campaign";
  readonly audit?: string;
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

/** Every door of the product, as it was decided. A route that is not here, or declares itself otherwise, fails the build. */
export const doorsTable: readonly DoorRow[] = [
  { path: "/api/auth/sign-in", method: "POST", auth: "public" },
  { path: "/api/auth/sign-out", method: "POST", auth: "session" },
  { path: "/api/auth/me", method: "GET", auth: "session" },
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
    path: "/api/campaigns/preview",
    method: "POST",
    auth: "member",
    action: "campaign.preview",
    workspaceFrom: "body",
    success: 200,
    call: (target) => ({ body: draftOf(target) }),
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
  control("pause", "campaign.paused"),
  control("resume", "campaign.resumed"),
  control("cancel", "campaign.cancelled"),
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
