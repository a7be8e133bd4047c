import { err, ok, type Result } from "@herald/kernel";
import type { LookupFailed, RemoteTemplate, SenderAccount, SenderPlan } from "@herald/provider";
import { z } from "zod";
import { parseJson, readError } from "./answer.ts";
import type { GraphHttp } from "./http.ts";
import { refusalOf } from "./refusal.ts";
import { checkAccount } from "./request.ts";

/** Messages per second of one number. Source: developers.facebook.com/documentation/business-messaging/whatsapp/throughput */
const standardPerSecond = 80;
const upgradedPerSecond = 1000;
const coexistencePerSecond = 20;

const phoneNode = z.object({
  throughput: z.object({ level: z.union([z.string(), z.number()]).nullish() }).nullish(),
  is_on_biz_app: z.boolean().nullish(),
  platform_type: z.string().nullish(),
});

const templatePage = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      language: z.string(),
      category: z.string().nullish(),
      status: z.string().nullish(),
      parameter_format: z.string().nullish(),
      components: z.array(z.unknown()).nullish(),
    }),
  ),
  paging: z.object({ cursors: z.object({ after: z.string().nullish() }).nullish(), next: z.string().nullish() }).nullish(),
});

/** A verified portfolio holds at most 6,000 templates; bigger pages are known to time out on Meta's side. */
const templatesPerPage = 50;
const maxTemplatePages = 150;

/** The number's pace as Meta states it; the default of 80 per second when it does not. Never rejects. */
export async function readSenderPlan(http: GraphHttp, version: string, account: SenderAccount): Promise<SenderPlan> {
  const answer = await get(http, account, `/${version}/${account.providerNumberId}?fields=throughput,is_on_biz_app,platform_type`);
  const node = answer.ok ? phoneNode.safeParse(answer.value).data : undefined;
  const level = String(node?.throughput?.level ?? "UNKNOWN").toUpperCase();
  // A number that also lives in the WhatsApp Business app is held to a fixed pace, whatever its level says.
  if (node?.is_on_biz_app && node.platform_type === "CLOUD_API")
    return { capPerSecond: coexistencePerSecond, source: "meta_coexistence", level };
  if (level === "HIGH" || level === String(upgradedPerSecond))
    return { capPerSecond: upgradedPerSecond, source: "meta_phone_throughput", level };
  return { capPerSecond: standardPerSecond, source: "meta_default_throughput", level };
}

/** All templates of an account, page by page. `next` holds the token in its query, so only its cursor is followed. */
export async function listTemplates(
  http: GraphHttp,
  version: string,
  account: SenderAccount,
  wabaId: string,
): Promise<Result<readonly RemoteTemplate[], LookupFailed>> {
  if (!/^\d{1,32}$/.test(wabaId)) return err(lookupFailed(null, "the account id is not a number"));
  const templates: RemoteTemplate[] = [];
  const query = `fields=id,name,language,category,status,parameter_format,components&limit=${templatesPerPage}`;
  let after = "";
  for (let pageNumber = 0; pageNumber < maxTemplatePages; pageNumber += 1) {
    const answer = await get(http, account, `/${version}/${wabaId}/message_templates?${query}${after}`);
    if (!answer.ok) return answer;
    const page = templatePage.safeParse(answer.value);
    if (!page.success) return err(lookupFailed(null, "the page of templates has an unknown shape"));
    templates.push(...page.data.data.map(toRemoteTemplate));
    const cursor = page.data.paging?.next ? page.data.paging.cursors?.after : null;
    if (!cursor) return ok(templates);
    after = `&after=${encodeURIComponent(cursor)}`;
  }
  return err(lookupFailed(null, `more than ${maxTemplatePages} pages of templates`));
}

type TemplateNode = z.infer<typeof templatePage>["data"][number];

const toRemoteTemplate = (node: TemplateNode): RemoteTemplate => ({
  providerTemplateId: node.id,
  name: node.name,
  language: node.language,
  category: node.category ?? "UNKNOWN",
  status: node.status ?? "UNKNOWN",
  parameterFormat: node.parameter_format?.toLowerCase() === "named" ? "named" : "positional",
  components: node.components ?? [],
});

async function get(http: GraphHttp, account: SenderAccount, path: string): Promise<Result<unknown, LookupFailed>> {
  const checked = checkAccount(account);
  if (!checked.ok) return err(lookupFailed(null, checked.error.detail));
  const end = await http.exchange({ method: "GET", path, accessToken: account.accessToken, notAfterMs: Number.POSITIVE_INFINITY });
  if (end.kind !== "answered") return err(lookupFailed(null, end.cause));
  const json = parseJson(end.body);
  const error = readError(json);
  if (error) {
    const { code, detail } = refusalOf(error, "answer");
    return err(lookupFailed(code, detail));
  }
  return end.status === 200 && json !== undefined ? ok(json) : err(lookupFailed(null, `HTTP ${end.status} without a readable body`));
}

const lookupFailed = (code: string | null, detail: string): LookupFailed => ({ type: "lookup_failed", code, detail });
