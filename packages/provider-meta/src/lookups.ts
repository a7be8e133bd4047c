import { err, ok, type Result } from "@herald/kernel";
import type { LookupFailed, RemoteTemplate, SenderAccount, SenderPlan } from "@herald/provider";
import { z } from "zod";
import { parseJson, readError } from "./answer.ts";
import type { GraphHttp } from "./http.ts";
import { refusalOf } from "./refusal.ts";
import { checkAccount } from "./request.ts";
import { portfolioLimitOf, templateStanding } from "./webhook-account.ts";

/** Messages per second of one number. Source: developers.facebook.com/documentation/business-messaging/whatsapp/throughput */
const standardPerSecond = 80;
const upgradedPerSecond = 1000;
const coexistencePerSecond = 20;

const planFields = "throughput,is_on_biz_app,platform_type,whatsapp_business_manager_messaging_limit";
const phoneNode = z.object({
  throughput: z.object({ level: z.union([z.string(), z.number()]).nullish() }).nullish(),
  is_on_biz_app: z.boolean().nullish(),
  platform_type: z.string().nullish(),
  whatsapp_business_manager_messaging_limit: z.unknown().optional(),
});
/** Error code of a number that Meta is working on, for the upgrade of its throughput say; about a minute. */
const maintenanceCodes = new Set(["131057", "2494100"]);

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

/** The number's pace as Meta states it, and its portfolio's limit. Never rejects. */
export async function readSenderPlan(http: GraphHttp, version: string, account: SenderAccount): Promise<Result<SenderPlan, LookupFailed>> {
  const answer = await get(http, account, `/${version}/${account.providerNumberId}?fields=${planFields}`);
  if (!answer.ok) return answer;
  const node = phoneNode.safeParse(answer.value).data;
  const level = node?.throughput?.level;
  if (node === undefined || level === null || level === undefined)
    return err(lookupFailed(null, "the number's throughput is not in the answer"));
  const told = { level: String(level).toUpperCase(), portfolioLimit: limitIn(node.whatsapp_business_manager_messaging_limit) };
  // A number that also lives in the WhatsApp Business app is held to a fixed pace, whatever its level says.
  if (node.is_on_biz_app && node.platform_type === "CLOUD_API")
    return ok({ capPerSecond: coexistencePerSecond, source: "meta_coexistence", ...told });
  if (told.level === "HIGH" || told.level === String(upgradedPerSecond))
    return ok({ capPerSecond: upgradedPerSecond, source: "meta_phone_throughput", ...told });
  return ok({ capPerSecond: standardPerSecond, source: "meta_default_throughput", ...told });
}

const limitIn = (value: unknown): SenderPlan["portfolioLimit"] => {
  const limit = portfolioLimitOf(value);
  return limit === undefined ? null : (limit ?? "unlimited");
};

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
  ...templateStanding(node.status ?? "UNKNOWN"),
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

const lookupFailed = (code: string | null, detail: string): LookupFailed => ({
  type: "lookup_failed",
  code,
  detail,
  isInMaintenance: code !== null && maintenanceCodes.has(code),
});
