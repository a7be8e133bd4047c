import { type CampaignFilter, everyCampaign, listCampaigns, maxAttention, readCampaigns } from "@herald/campaign";
import { ok, parseSenderId, parseTemplateId } from "@herald/kernel";
import { presentLine } from "../../doors/answers/campaign-list.ts";
import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";
import { type ListAddress, mostTemplates, statusesOf } from "./list-address.ts";
import type { Choices } from "./list-filters.client.tsx";
import type { Item } from "./newest-lines.ts";
import { spanOf } from "./period.ts";

const pageSize = 50;

export type ListPage = {
  readonly items: readonly Item[];
  readonly attention: number;
  readonly next: string | null;
  readonly isCut: boolean;
  /** When the database was asked, by its clock. */
  readonly atMs: number;
};

/** The page that an address asks for, and how many campaigns need somebody. */
export async function loadPage(member: Member, address: ListAddress, zone: string): Promise<ListPage> {
  const view = address.view === "attention" || address.view === "drafts" ? address.view : address.view === "live" ? "sent" : "all";
  const read = await member.read(async (ctx) => {
    const filter = filterOf(member, address, spanOf(address, zone, ctx.nowMs));
    const page = await listCampaigns(ctx, { view, filter, after: address.after, limit: pageSize });
    if (!page.ok) return page;
    const figures = await readCampaigns(ctx, { campaignIds: [] });
    return figures.ok ? ok({ ...page.value, attention: figures.value.attention, atMs: ctx.nowMs }) : figures;
  });
  // every role may read campaigns: a refusal is a defect
  if (!read.ok) throw new Error(`the list was refused: ${read.error.type}`);
  const { campaigns, drafts, next, attention, atMs } = read.value;
  const items = [
    ...campaigns.map((line) => ({ madeAtMs: line.createdAtMs, item: { row: presentLine(line) } as Item })),
    ...drafts.map((draft) => ({ madeAtMs: draft.createdAtMs, item: { draft } as Item })),
  ];
  return {
    items: items.toSorted((one, other) => other.madeAtMs - one.madeAtMs).map(({ item }) => item),
    attention,
    next,
    isCut: view === "attention" && campaigns.length === maxAttention,
    atMs,
  };
}

function filterOf(
  member: Member,
  address: ListAddress,
  span: { readonly fromMs: number | null; readonly toMs: number | null },
): CampaignFilter {
  const chosen = address.status === null ? null : statusesOf[address.status];
  const live = address.view === "live" ? statusesOf.sending : null;
  return {
    ...everyCampaign,
    ...span,
    kind: address.isTests ? "test" : "bulk",
    statuses: live === null ? chosen : chosen === null ? live : live.filter((status) => chosen.includes(status)),
    senderId: address.senderId === null ? null : parseSenderId(address.senderId),
    templateId: address.templateId === null ? null : parseTemplateId(address.templateId),
    createdBy: address.view === "mine" ? member.userId : null,
    search: address.search === "" ? null : address.search,
  };
}

/** What the filters offer. */
export async function loadChoices(member: Member): Promise<Choices> {
  const [senders, templates] = await Promise.all([
    member.db
      .from("phone_numbers")
      .select("id, display_number, verified_name")
      .eq("workspace_id", member.workspaceId)
      .order("display_number"),
    member.db.from("templates").select("id, name, language").eq("workspace_id", member.workspaceId).order("name").limit(mostTemplates),
  ]);
  return {
    senders: rowsOf(senders).map(({ id, display_number, verified_name }) => ({
      value: String(id),
      text: [verified_name, display_number].filter(Boolean).join(" · "),
    })),
    templates: rowsOf(templates).map(({ id, name, language }) => ({ value: String(id), text: `${name} · ${language}` })),
  };
}

export type Beginnings = {
  /** How many are known to be there, looked at no further than 1,000. */
  readonly people: number;
  /** The list with people that was made last. */
  readonly list: { readonly listId: string; readonly name: string; readonly people: number } | null;
};

/** What a workspace without a campaign has already. */
export async function loadBeginnings(member: Member): Promise<Beginnings> {
  const [people, lists] = await Promise.all([
    member.db.from("contacts").select("id").eq("workspace_id", member.workspaceId).limit(1000),
    member.db
      .from("audience_lists")
      .select("list_id, name, people")
      .eq("workspace_id", member.workspaceId)
      .gt("people", 0)
      .order("people", { ascending: false })
      .limit(1),
  ]);
  const [list] = rowsOf(lists);
  return {
    people: rowsOf(people).length,
    list: list ? { listId: String(list.list_id), name: String(list.name), people: Number(list.people) } : null,
  };
}
