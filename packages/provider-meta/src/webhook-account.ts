import type { AccountEvent, AccountStateEvent, ProviderEvent, TemplateName, TemplateStanding } from "@herald/provider";
import { z } from "zod";
import { listOf, readTime, unknownEvent } from "./webhook-parts.ts";

type Value = Readonly<Record<string, unknown>>;
type Place = { readonly providerAccountId: string; readonly atMs: number };

const word = z.string().regex(/^[A-Z][A-Z_]{0,63}$/);
const templateSchema = z.object({
  message_template_id: z.unknown().optional(),
  message_template_name: z.string().nullish().catch(null),
  message_template_language: z.string().nullish().catch(null),
});
const accountUpdate = z.object({
  event: word,
  waba_info: z
    .object({ waba_id: z.string().min(1) })
    .nullish()
    .catch(null),
  ban_info: z.object({ waba_ban_state: z.unknown().optional() }).nullish().catch(null),
  restriction_info: z.unknown().optional(),
});
const restrictionSchema = z.object({ restriction_type: z.string(), expiration: z.unknown().optional() });

/** Statuses in which nothing of a template can be sent; one whose word is in neither place says nothing about it. */
const stoppingStatuses = ["ARCHIVED", "DELETED", "DISABLED", "LIMIT_EXCEEDED", "PAUSED", "PENDING", "PENDING_DELETION", "REJECTED"];
/** Refusals that a status which stops makes, and an approval ends: not approved, against a policy, paused, disabled. */
const refusedByStatus = ["132001", "132007", "132015", "132016"];
const curedByApproval = [...stoppingStatuses, ...refusedByStatus];

/** Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update */
export function templateStanding(status: string): TemplateStanding {
  if (status === "APPROVED" || status === "REINSTATED")
    return { status: "APPROVED", isSendable: true, cures: curedByApproval, refusals: [] };
  return stoppingStatuses.includes(status)
    ? { status, isSendable: false, cures: [], refusals: refusedByStatus }
    : { status, isSendable: null, cures: [], refusals: [] };
}

/**
 * `TIER_250`, `TIER_2K` … `TIER_UNLIMITED`, or a number of which -1 is without limit. Null: unlimited; undefined: not told.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits
 */
export function portfolioLimitOf(value: unknown): number | null | undefined {
  const text = String(value);
  if (text === "TIER_UNLIMITED" || text === "-1") return null;
  const [, digits, thousands] = /^(?:TIER_)?(\d{1,7})(K?)$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (thousands ? 1000 : 1);
}

/**
 * What a change of a field other than messages tells of the account; null when the field is not one of these.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
 */
export function parseAccountChange(field: string, value: Value, place: Place): readonly ProviderEvent[] | null {
  if (place.providerAccountId === "") return null;
  const events = Object.hasOwn(parsers, field) ? parsers[field]?.(value, place) : undefined;
  return events === undefined ? null : events.length > 0 ? events : [unknownEvent(field)];
}

const parsers: Readonly<Record<string, (value: Value, place: Place) => readonly AccountEvent[]>> = {
  message_template_status_update: (value, place) => {
    const status = word.safeParse(value["event"]).data;
    const template = templateOf(value);
    if (status === undefined || template === null) return [];
    const standing = templateStanding(status);
    return standing.isSendable === null
      ? [{ kind: "template_changed", ...place, template, category: null }]
      : [{ kind: "template_status", ...place, template, standing }];
  },
  message_template_components_update: changed(() => null),
  // the notice 24 h before names the category to come as `correct_category`; in it `new_category` is still the present one
  template_category_update: (value, place) =>
    value["correct_category"] === undefined
      ? changed(({ new_category: category }) => word.safeParse(category).data ?? null)(value, place)
      : [],
  phone_number_quality_update: (value, place) => {
    const display = typeof value["display_phone_number"] === "string" ? value["display_phone_number"].replace(/\D/g, "") : "";
    return [{ kind: "number_changed", ...place, displayNumber: display === "" ? null : display }, ...limitsOf(value, place)];
  },
  business_capability_update: (value, place) => limitsOf(value, place),
  account_update: accountChanges,
  account_review_update: (value, place) => {
    const decision = word.safeParse(value["decision"]).data;
    if (decision === "REJECTED") return [state(place, { topic: "review", isRestricted: true, code: "REVIEW_REJECTED" })];
    return decision === "APPROVED"
      ? [state(place, { topic: "review", isRestricted: false, code: "REVIEW_APPROVED", cures: ["REVIEW_REJECTED"] })]
      : [];
  },
};

function changed(categoryOf: (value: Value) => string | null) {
  return (value: Value, place: Place): readonly AccountEvent[] => {
    const template = templateOf(value);
    return template === null ? [] : [{ kind: "template_changed", ...place, template, category: categoryOf(value) }];
  };
}

/** Webhooks write a language with a hyphen, everything else of Meta with an underscore. */
function templateOf(value: Value): TemplateName | null {
  const { message_template_id: id, message_template_name: name = null, message_template_language: language } = templateSchema.parse(value);
  // JSON numbers beyond 2^53 have lost their last digits
  const providerTemplateId = Number.isSafeInteger(id) || (typeof id === "string" && /^\d{1,32}$/.test(id)) ? String(id) : null;
  if (providerTemplateId === null && (name === null || !language)) return null;
  return { providerTemplateId, name, language: language?.replaceAll("-", "_") ?? null };
}

function limitsOf(value: Value, place: Place): readonly AccountEvent[] {
  const limit = portfolioLimitOf(value["max_daily_conversations_per_business"]);
  return limit === undefined ? [] : [{ kind: "portfolio_limit", ...place, limit }];
}

/** What is sent while the account may not: restricted or disabled for breaking a policy. Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
const refusedWhileBanned = ["368", "131031"];
const refusedWithoutAccess = ["10", "131005"];
const accessLost = ["ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED", "PARTNER_REMOVED"];
const accessGiven = ["ACCOUNT_RECONNECTED", "PARTNER_ADDED"];

/** Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update */
function accountChanges(value: Value, { providerAccountId, atMs }: Place): readonly AccountEvent[] {
  const update = accountUpdate.safeParse(value).data;
  if (update === undefined) return [];
  // events about a partner come under the id of the business, with the account beside them
  const place = { providerAccountId: update.waba_info?.waba_id ?? providerAccountId, atMs };
  const { event: code } = update;
  if (accessLost.includes(code)) return [state(place, { topic: "access", isRestricted: true, code, refusals: refusedWithoutAccess })];
  if (accessGiven.includes(code))
    return [state(place, { topic: "access", isRestricted: false, code, cures: [...accessLost, ...refusedWithoutAccess] })];
  // Meta's reference writes the state as a word, its examples as a list of one
  const ban = [update.ban_info?.waba_ban_state].flat()[0];
  if (code === "DISABLED_UPDATE" && ban === "DISABLE")
    return [state(place, { topic: "ban", isRestricted: true, code: "DISABLE", refusals: refusedWhileBanned })];
  // not of a restriction: that is a penalty of its own with its own end; were it still in force, the next refusal would block without an end
  if (code === "DISABLED_UPDATE" && ban === "REINSTATE")
    return [state(place, { topic: "ban", isRestricted: false, code: "REINSTATE", cures: ["DISABLE", ...refusedWhileBanned] })];
  if (code !== "ACCOUNT_RESTRICTION") return [];
  return listOf(update.restriction_info).flatMap((raw) => {
    const restriction = restrictionSchema.safeParse(raw).data;
    // the others concern replies, utility templates (refused with 131064 where it matters) and the management of numbers
    if (restriction?.restriction_type !== "RESTRICTED_BIZ_INITIATED_MESSAGING") return [];
    return [
      state(place, {
        topic: "restriction",
        isRestricted: true,
        code: restriction.restriction_type,
        untilMs: readTime(restriction.expiration),
        refusals: refusedWhileBanned,
      }),
    ];
  });
}

type State = Pick<AccountStateEvent, "topic" | "isRestricted" | "code"> &
  Partial<Pick<AccountStateEvent, "untilMs" | "cures" | "refusals">>;
const state = (place: Place, facts: State): AccountStateEvent => ({
  kind: "account_state",
  ...place,
  untilMs: null,
  cures: [],
  refusals: [],
  ...facts,
});
