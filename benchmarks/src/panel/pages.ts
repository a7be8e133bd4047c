import type { World } from "../world/world.ts";

/** Every kind of page of the panel, each at an address that has something to show. */
export async function pagesOf(
  { owner, workspaceId }: World,
  campaignId: string,
): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const { rows } = await owner.query<{ contact_id: string; id: string }>(
    "select contact_id, id from campaign_messages where campaign_id = $1 and attempt > 0 order by id limit 1",
    [campaignId],
  );
  const [message] = rows;
  if (!message) throw new Error("nobody of the campaign was written to");
  const within = `/panel/w/${workspaceId}`;
  const campaign = `${within}/campaigns/${campaignId}`;
  return [
    { name: "campaigns", path: `${within}/campaigns` },
    { name: "campaign", path: campaign },
    { name: "recipients", path: `${campaign}/recipients` },
    { name: "why", path: `${campaign}/recipients/${message.id}` },
    { name: "contacts", path: `${within}/contacts` },
    { name: "contact", path: `${within}/contacts/${message.contact_id}` },
    { name: "import", path: `${within}/contacts/import` },
    { name: "imports", path: `${within}/contacts/imports` },
    { name: "senders", path: `${within}/senders` },
    { name: "members", path: `${within}/settings/members` },
    { name: "settings", path: `${within}/settings` },
  ];
}
