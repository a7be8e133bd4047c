import { hours, minutes, seconds } from "@herald/kernel";
import type { RefusalClass, RefusalScope } from "@herald/provider";

/** What one of Meta's error codes means for the message that met it. */
export type CodeRule = {
  readonly class: Exclude<RefusalClass, "unclassified">;
  /** How far it reaches; `message` when left out. */
  readonly scope?: RefusalScope;
  /** The least wait before a retry; left out when an ordinary back-off will do. */
  readonly minWaitMs?: number;
  /** Tries in all. 1: never retried. Blocking classes try again once cured. */
  readonly maxAttempts: number;
  /** What differs when the code arrives in a `failed` status instead of the answer. */
  readonly inReceipt?: {
    readonly class: Exclude<RefusalClass, "unclassified">;
    readonly scope?: RefusalScope;
    readonly maxAttempts: number;
  };
  /** In a receipt it is the person's own word: no more marketing from this business. */
  readonly isOptOut?: true;
  /** Path below developers.facebook.com. */
  readonly source: string;
};

const docs = "documentation/business-messaging/whatsapp";
const errorCodes = `${docs}/support/error-codes`;
const throughput = `${docs}/throughput`;
const platform = `${docs}/about-the-platform`;
const perUserLimits = `${docs}/templates/marketing-templates/per-user-limits`;
const templatePacing = `${docs}/templates/template-pacing`;
const portfolioPacing = `${docs}/templates/portfolio-pacing`;
const marketingMessages = `${docs}/marketing-messages/send-marketing-messages`;
const userIds = `${docs}/business-scoped-user-ids`;
const graphErrors = "docs/graph-api/guides/error-handling";
const graphLimits = "docs/graph-api/overview/rate-limiting";
/** Codes of the older error table, which today's page no longer lists. */
const olderErrorCodes = "docs/whatsapp/cloud-api/support/error-codes";

/**
 * Every code we know. Meta asks clients to build on `code`, not on the HTTP status, the subcode or the title; a code that is not here stays `unclassified`.
 * Codes 1, 2 and 131000 may come with a 5xx from a request that was carried out: 60 s leave a receipt the time to arrive first.
 */
export const metaCodes: Readonly<Record<number, CodeRule>> = {
  // The credential, the app and the account
  0: { class: "TOKEN", scope: "account", maxAttempts: 3, source: errorCodes },
  3: { class: "WABA", scope: "account", maxAttempts: 3, source: errorCodes },
  10: { class: "WABA", scope: "account", maxAttempts: 3, source: errorCodes },
  104: { class: "TOKEN", scope: "account", maxAttempts: 3, source: graphErrors },
  190: { class: "TOKEN", scope: "account", maxAttempts: 3, source: errorCodes },
  368: { class: "WABA", scope: "account", maxAttempts: 3, source: errorCodes },
  131005: { class: "WABA", scope: "account", maxAttempts: 3, source: errorCodes },
  131031: { class: "WABA", scope: "account", maxAttempts: 3, source: errorCodes },
  131042: { class: "WABA", scope: "account", maxAttempts: 3, source: errorCodes },
  131064: { class: "WABA", scope: "account", minWaitMs: hours(24), maxAttempts: 3, source: errorCodes },
  134011: { class: "OPS", scope: "account", maxAttempts: 1, source: errorCodes },

  // Trouble and rate limits that pass
  1: { class: "SOON", minWaitMs: seconds(60), maxAttempts: 3, source: errorCodes },
  2: { class: "SOON", minWaitMs: seconds(60), maxAttempts: 3, source: errorCodes },
  131000: { class: "SOON", minWaitMs: seconds(60), maxAttempts: 3, source: errorCodes },
  131016: { class: "SOON", maxAttempts: 3, source: errorCodes },
  133004: { class: "SOON", maxAttempts: 3, source: errorCodes },
  4: { class: "SOON", scope: "app", minWaitMs: minutes(1), maxAttempts: 3, source: errorCodes },
  17: { class: "SOON", scope: "app", minWaitMs: minutes(1), maxAttempts: 3, source: graphLimits },
  32: { class: "SOON", scope: "app", minWaitMs: minutes(1), maxAttempts: 3, source: graphLimits },
  613: { class: "SOON", scope: "app", minWaitMs: minutes(1), maxAttempts: 3, source: graphLimits },
  80007: { class: "SOON", scope: "account", minWaitMs: minutes(5), maxAttempts: 3, source: platform },
  80008: { class: "SOON", scope: "account", minWaitMs: minutes(5), maxAttempts: 3, source: graphLimits },
  130429: { class: "SOON", scope: "number", maxAttempts: 3, source: throughput },
  131057: { class: "SOON", scope: "number", minWaitMs: seconds(60), maxAttempts: 3, source: throughput },
  133015: { class: "SOON", scope: "number", minWaitMs: minutes(5), maxAttempts: 3, source: errorCodes },
  2494100: { class: "SOON", scope: "number", minWaitMs: minutes(5), maxAttempts: 3, source: errorCodes },
  // One message per 6 s to one user; Meta advises 4^n seconds: 1, 4, 16 and 64 s outlast the debt of a burst, 1 and 4 s alone would not.
  131056: { class: "SOON", scope: "contact", minWaitMs: seconds(1), maxAttempts: 5, source: platform },
  134101: { class: "SOON", scope: "template", minWaitMs: minutes(10), maxAttempts: 2, source: marketingMessages },

  // The sending number
  33: { class: "NUMBER", scope: "number", maxAttempts: 3, source: errorCodes },
  131037: { class: "NUMBER", scope: "number", maxAttempts: 3, source: errorCodes },
  131045: { class: "NUMBER", scope: "number", maxAttempts: 3, source: errorCodes },
  131048: { class: "NUMBER", scope: "number", minWaitMs: hours(24), maxAttempts: 3, source: errorCodes },
  133006: { class: "NUMBER", scope: "number", maxAttempts: 3, source: errorCodes },
  133010: { class: "NUMBER", scope: "number", maxAttempts: 3, source: errorCodes },
  133000: { class: "OPS", scope: "number", maxAttempts: 1, source: errorCodes },
  133005: { class: "OPS", scope: "number", maxAttempts: 1, source: errorCodes },
  133008: { class: "OPS", scope: "number", maxAttempts: 1, source: errorCodes },
  133009: { class: "OPS", scope: "number", maxAttempts: 1, source: errorCodes },
  133016: { class: "OPS", scope: "number", maxAttempts: 1, source: errorCodes },

  // This recipient
  // The account may not write to this country: its people fail, the others go on.
  130497: { class: "CONTACT", scope: "contact", maxAttempts: 1, source: errorCodes },
  130403: { class: "CONTACT", scope: "contact", maxAttempts: 1, source: errorCodes },
  130472: { class: "CONTACT", maxAttempts: 1, source: errorCodes },
  131021: { class: "CONTACT", scope: "contact", maxAttempts: 1, source: errorCodes },
  131026: { class: "CONTACT", scope: "contact", maxAttempts: 1, source: errorCodes },
  131036: { class: "CONTACT", maxAttempts: 1, source: errorCodes },
  131043: { class: "CONTACT", maxAttempts: 1, source: olderErrorCodes },
  131049: { class: "HOURS", scope: "contact", minWaitMs: hours(24), maxAttempts: 2, source: perUserLimits },
  131050: { class: "CONTACT", scope: "contact", maxAttempts: 1, isOptOut: true, source: errorCodes },

  // This message's data
  100: { class: "ROW", maxAttempts: 1, source: errorCodes },
  131001: { class: "ROW", maxAttempts: 1, source: olderErrorCodes },
  131002: { class: "ROW", maxAttempts: 1, source: olderErrorCodes },
  131006: { class: "ROW", maxAttempts: 1, source: olderErrorCodes },
  131008: { class: "ROW", maxAttempts: 1, source: errorCodes },
  131009: { class: "ROW", maxAttempts: 1, source: errorCodes },
  131047: { class: "ROW", maxAttempts: 1, source: errorCodes },
  131051: { class: "ROW", maxAttempts: 1, source: errorCodes },
  131052: { class: "ROW", maxAttempts: 1, source: errorCodes },
  131062: { class: "ROW", maxAttempts: 1, source: userIds },
  132005: { class: "ROW", maxAttempts: 1, source: errorCodes },
  132012: { class: "ROW", maxAttempts: 1, source: errorCodes },
  132018: { class: "ROW", maxAttempts: 1, source: errorCodes },
  // In the answer the parameters are wrong; in a receipt portfolio pacing dropped what it held back, and the account is blocked.
  135000: { class: "ROW", maxAttempts: 1, inReceipt: { class: "WABA", scope: "account", maxAttempts: 1 }, source: portfolioPacing },

  // The template
  131053: { class: "TEMPLATE", scope: "template", maxAttempts: 3, source: errorCodes },
  131055: { class: "OPS", scope: "template", maxAttempts: 1, source: marketingMessages },
  131063: { class: "TEMPLATE", scope: "template", maxAttempts: 3, source: marketingMessages },
  // Parameters were counted when the campaign was frozen, so a mismatch means that the template changed since.
  132000: { class: "TEMPLATE", scope: "template", maxAttempts: 3, source: errorCodes },
  132001: { class: "TEMPLATE", scope: "template", maxAttempts: 3, source: errorCodes },
  132007: { class: "TEMPLATE", scope: "template", maxAttempts: 3, source: errorCodes },
  // In a receipt it is a held message that pacing dropped: whether to send it again is the operator's choice.
  132015: {
    class: "TEMPLATE",
    scope: "template",
    maxAttempts: 3,
    inReceipt: { class: "TEMPLATE", scope: "template", maxAttempts: 1 },
    source: templatePacing,
  },
  132016: { class: "TEMPLATE", scope: "template", maxAttempts: 3, source: errorCodes },
  132068: { class: "TEMPLATE", scope: "template", maxAttempts: 3, source: errorCodes },
  132069: { class: "HOURS", scope: "template", minWaitMs: hours(1), maxAttempts: 3, source: errorCodes },
  134100: { class: "OPS", scope: "template", maxAttempts: 1, source: marketingMessages },
  // Comes with HTTP 500 and is no server error: sending it again cannot help.
  134102: { class: "TEMPLATE", scope: "template", maxAttempts: 3, source: marketingMessages },

  // Not of sending
  1752041: { class: "OPS", scope: "account", maxAttempts: 1, source: marketingMessages },
};

/** Codes that Meta gives out by the block. */
export const metaCodeRanges: readonly { readonly from: number; readonly to: number; readonly rule: CodeRule }[] = [
  { from: 200, to: 299, rule: { class: "WABA", scope: "account", maxAttempts: 3, source: errorCodes } }, // a permission is missing
  { from: 147001, to: 147005, rule: { class: "OPS", scope: "account", maxAttempts: 1, source: userIds } }, // usernames
  { from: 2388000, to: 2388999, rule: { class: "OPS", scope: "account", maxAttempts: 1, source: errorCodes } }, // template management
];

/** The rule of a code, or null for one that we do not know. */
export function ruleOf(code: number): CodeRule | null {
  return metaCodes[code] ?? metaCodeRanges.find(({ from, to }) => from <= code && code <= to)?.rule ?? null;
}
