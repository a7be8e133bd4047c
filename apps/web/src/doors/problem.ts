import { type CampaignStatus, isFinal, isPausable, type PauseReason } from "@herald/campaign";
import type { InputIssue } from "@herald/kernel";
import type { Failure, Part } from "./failures.ts";
import { contactsWords } from "./words-contacts.ts";
import { draftsWords } from "./words-drafts.ts";
import { membersWords } from "./words-members.ts";

/** RFC 9457, and three members of ours: what to do, what is wrong where, and the id under which the log knows the request. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string;
  readonly cure?: string;
  readonly issues?: readonly InputIssue[];
  readonly [fact: string]: unknown;
};
export type Words = {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly cure?: string;
  readonly issues?: readonly InputIssue[];
} & {
  readonly facts?: Readonly<Record<string, unknown>>;
};

/** The one place where failures become HTTP. A failure that has no line here does not compile. */
const wordsByType: { readonly [Type in Failure["type"]]: (failure: Extract<Failure, { type: Type }>) => Words } = {
  ...contactsWords,
  ...draftsWords,
  ...membersWords,
  unauthenticated: () => ({
    status: 401,
    title: "Not signed in",
    detail: "The request carries no valid session.",
    cure: "Sign in and try again.",
  }),
  wrong_credentials: () => ({
    status: 401,
    title: "Not signed in",
    detail: "The e-mail address or the password is wrong.",
    cure: "Check both; if they stay refused, ask an owner or admin of the workspace.",
  }),
  foreign_origin: () => ({
    status: 403,
    title: "Foreign origin",
    detail: "A change under a cookie session must come from Herald's own pages.",
    cure: "Scripts send the access token as `Authorization: Bearer …`.",
  }),
  not_allowed: ({ action }) => ({
    status: 403,
    title: "Not allowed",
    detail: `Your role in this workspace does not allow ${action}.`,
    cure: "Ask an owner or admin of the workspace.",
    facts: { action },
  }),
  not_found: ({ resource }) => ({
    status: 404,
    title: "Not found",
    detail:
      resource === "workspace"
        ? "There is no such workspace, or you are not a member of it."
        : `There is no such ${resource} in a workspace of yours.`,
    cure: "Check the address, and that you are signed in as the right person.",
  }),
  malformed_body: ({ expected }) => ({
    status: 400,
    title: "Unreadable body",
    detail: `The body is not ${expected}.`,
    cure: `Send ${expected}.`,
  }),
  body_too_large: ({ maxBytes }) => ({
    status: 413,
    title: "Body too large",
    detail: `The body is larger than ${megabytes(maxBytes)}.`,
    cure: "Import the recipients as contacts and refer to a list, or split the request.",
    facts: { maxBytes },
  }),
  invalid_input: ({ issues }) => ({
    status: 422,
    title: "Invalid input",
    detail: issues.length === 1 ? "One value is not as it must be." : `${issues.length} values are not as they must be.`,
    issues,
  }),
  idempotency_key_missing: () => ({
    status: 400,
    title: "Idempotency key missing",
    detail: "The header Idempotency-Key is missing, or is not 1 to 200 visible characters.",
    cure: "Send a new key for a new campaign, and the same key when you repeat a request.",
  }),
  idempotency_conflict: () => ({
    status: 422,
    title: "Idempotency key used before",
    detail: "This key was used with another body within the last 24 hours.",
    cure: "Use a new key, or repeat the first body unchanged.",
  }),
  idempotency_in_progress: () => ({
    status: 409,
    title: "Request still running",
    detail: "An earlier request with this key has not ended yet.",
    cure: "Wait a moment and repeat it with the same key.",
  }),
  not_configured: ({ parts }) => ({
    status: 503,
    title: "Not configured",
    detail: `This deployment has no ${parts.map((part) => partNames[part]).join(" and no ")}. Nothing was written.`,
    cure: "Set the variables that .env.example explains, then start the server again.",
    facts: { parts },
  }),
  unavailable: ({ service }) => ({
    status: 503,
    title: "Temporarily unavailable",
    detail: `The ${service} service does not answer. Nothing was written.`,
    cure: "Try again in a moment.",
  }),
  bad_signature: () => ({
    status: 401,
    title: "Bad signature",
    detail: "X-Hub-Signature-256 does not sign this body.",
    cure: "Compare the app secret here with the one in the Meta app dashboard.",
  }),
  wrong_verify_token: () => ({
    status: 403,
    title: "Wrong verify token",
    detail: "The handshake carries another verify token than this deployment's.",
    cure: "Enter the same verify token in the Meta app dashboard and in WHATSAPP_VERIFY_TOKEN.",
  }),
  no_such_address: ({ method }) => ({
    status: 404,
    title: "No such address",
    detail: `Nothing answers ${method} at this address.`,
    cure: "Check the path: every address of the API begins with /api/ and is written in lower case.",
  }),
  method_not_allowed: ({ method, allowed }) => ({
    status: 405,
    title: "Method not allowed",
    detail: `This address does not take ${method}.`,
    cure: `It takes ${allowed.join(", ")}.`,
    facts: { allowed },
  }),
  gone: ({ wayToGo }) => ({ status: 410, title: "Gone", detail: "This way to connect WhatsApp no longer exists.", cure: wayToGo }),
  caller_left: () => ({
    // nobody reads it; the log does
    status: 499,
    title: "Cancelled",
    detail: "Whoever asked went away before the work was done. Nothing was written.",
    cure: "Ask again when it should be done.",
  }),
  internal: () => ({
    status: 500,
    title: "Our mistake",
    detail: "Something went wrong on our side.",
    cure: "Try again; if it stays, report the request id.",
  }),

  template_not_approved: ({ name, language, status, approvedLanguages }) => ({
    status: 422,
    title: "Template not approved",
    detail:
      status === "MISSING"
        ? `There is no template ${name} in ${language}.`
        : `The template ${name} in ${language} is ${status.toLowerCase()}.`,
    cure:
      approvedLanguages.length > 0 ? `It is approved in: ${approvedLanguages.join(", ")}.` : "Choose a template that Meta has approved.",
    facts: { template: { name, language, status }, approvedLanguages },
  }),
  sender_not_ready: ({ reason }) => ({ status: 409, title: "Sender not ready", detail: reason }),
  nobody_eligible: ({ matched, excluded }) => ({
    status: 422,
    title: "Nobody would receive it",
    detail: matched === 0 ? "Nobody was chosen." : `${matched} people were chosen, and each is left out for a reason.`,
    cure:
      matched === 0
        ? "Check the tags, lists and people of the audience: nobody in this workspace matches them."
        : "`excluded` names the reasons; choose another audience.",
    facts: { matched, excluded },
  }),
  too_many_recipients: ({ eligible, max, limitedBy }) => ({
    status: 422,
    title: "Too many recipients",
    detail: `At least ${eligible} people would receive it. ${limitWordsOf[limitedBy](max)}`,
    cure:
      limitedBy === "workspace"
        ? "Split the audience and send one campaign to each part, or ask an owner or admin to raise the workspace's setting."
        : "Send to a part of the audience now and to the others tomorrow; the provider raises the limit of a portfolio that sends well.",
    facts: { eligible, max, limitedBy },
  }),
  test_refused: ({ refused }) => ({
    status: 422,
    title: "Not everybody may be written to",
    detail: `Nothing was sent. ${refused.map(({ displayName, reason, missing = [] }) => `${displayName || "One person"}: ${`${reason.replaceAll("_", " ")} ${missing.join(", ")}`.trim()}.`).join(" ")}`,
    cure: [
      refused.some(({ reason }) => reason === "missing_variable")
        ? "Give the variable a `fallback`, or the contact a value in that field."
        : "",
      refused.some(({ reason }) => reason !== "missing_variable")
        ? "Choose other people to try it on; a test goes to nobody whom a campaign would leave out."
        : "",
    ]
      .join(" ")
      .trim(),
    facts: { refused },
  }),
  entry_too_large: ({ contactId, maxBytes }) => ({
    status: 422,
    title: "Message too large",
    detail: `What one person would receive is larger than ${maxBytes} bytes.`,
    cure: "Shorten the values of this contact, or the fixed texts.",
    facts: { contactId, maxBytes },
  }),
  time_passed: ({ scheduledAt }) => ({
    status: 422,
    title: "Not a time to start",
    detail: `${scheduledAt} has passed.`,
    cure: "Choose a time within the next 90 days.",
  }),
  wrong_status: ({ status, action }) => ({
    status: 409,
    title: "Not possible now",
    detail: `A campaign that is ${status.replaceAll("_", " ")} cannot take this: ${action}.`,
    cure: action === "schedule" ? cureOfMove(status) : cureOfStatus(status),
    facts: { campaignStatus: status, action },
  }),
  pause_not_cured: ({ reasons }) => ({
    status: 409,
    title: "Not possible yet",
    detail: `It is paused because ${reasons.map((reason) => uncuredWords[reason].why).join(", and because ")}.`,
    cure: reasons.map((reason) => uncuredWords[reason].cure).join(" "),
    facts: { reasons },
  }),
  overflow_unread: () => ({
    status: 409,
    title: "Answers are still to be read",
    detail:
      "Some of these became unknown less than 20 s ago, or answers of Meta that were kept elsewhere wait to be read. An answer may still settle these messages.",
    cure: "Try again in 20 seconds, or choose older ones by `messageIds`; if new ones keep coming, pause the campaign first. If it stays refused, a worker of the role background must run and reach MongoDB: see its loop `overflow`. Answers that the database will not take are set aside and hold up their campaigns alone: see the runbook of a campaign that stands still.",
  }),
  nothing_to_decide: ({ what }) => ({
    status: 409,
    title: "Nothing to decide",
    detail: `No message that was chosen is ${what} now${what === "held" ? ", for more than a day," : ""} and has not arrived.`,
    cure: "Read the campaign again: a receipt may have settled them meanwhile.",
    facts: { what },
  }),
  resend_grew: ({ what, expected, actual }) => ({
    status: 409,
    title: "More than you were told of",
    detail: `Nothing was sent again. You were told of ${countOf(expected, what)}; there are ${countOf(actual, what)} now, and whoever did get one would get it twice.`,
    cure: "Close this and look at the new figure; to send that many again, ask anew.",
    facts: { what, expected, actual },
  }),
  malformed_csv: ({ lineNo, reason, cure }) => ({
    status: 422,
    title: "Unreadable CSV",
    detail: `Line ${lineNo}: ${reason} Nothing was imported.`,
    cure,
    facts: { lineNo },
  }),
  import_too_large: ({ limit, max, lineNo }) => ({
    status: 413,
    title: "File too large",
    detail: `Line ${lineNo}: ${limitWords[limit](max)} Nothing was imported.`,
    cure: "Split the file and import the parts.",
    facts: { limit, max, lineNo },
  }),
};

const cureOfMove = (status: CampaignStatus): string =>
  status === "scheduled" || isFinal(status)
    ? "It is being cancelled or has ended; launch a new campaign."
    : "Its start is behind it: pause, resume or cancel it instead.";

/** What is left to do with a campaign that refuses a pause, a resume or a cancellation. */
function cureOfStatus(status: CampaignStatus): string {
  if (isFinal(status)) return "It has ended and stays as it is; launch a new campaign to send more.";
  // one that sends refuses only when it is being cancelled
  if (isPausable(status)) return "It is being cancelled, which cannot be undone; launch a new campaign to send more.";
  return `It does not send yet: cancel it, ${status === "scheduled" ? "move it (POST …/schedule), " : ""}or wait until it sends.`;
}

/** Why a pause cannot be lifted yet. What needs no cure is never named here. */
const uncuredWords: Readonly<Record<PauseReason, { readonly why: string; readonly cure: string }>> = {
  operator: { why: "somebody paused it", cure: "Resume it." },
  schedule_missed: { why: "its time had passed before it could start", cure: "Resume it." },
  template_changed: {
    why: "the template is no longer the one it was launched with",
    cure: "Give the template its former text and category at Meta and wait until it is approved, or cancel and launch a new campaign.",
  },
};

const countOf = (count: number, what: string): string => `${count.toLocaleString("en")} ${what} ${count === 1 ? "message" : "messages"}`;
const partNames: Readonly<Record<Part, string>> = { temporal: "Temporal", redis: "Redis", realtime: "Pusher" };
const megabytes = (bytes: number): string =>
  bytes >= 1_000_000 ? `${Math.floor(bytes / 1_000_000)} MB` : `${Math.floor(bytes / 1000)} kB`;
const limitWordsOf: Readonly<Record<"workspace" | "portfolio", (max: number) => string>> = {
  workspace: (max) => `One campaign of this workspace may reach ${max}.`,
  portfolio: (max) => `The provider lets this number's portfolio write to ${max} more people today.`,
};
const limitWords: Readonly<Record<"rows" | "row_bytes" | "columns", (max: number) => string>> = {
  rows: (max) => `the file has more than ${max} rows.`,
  row_bytes: (max) => `the row is longer than ${max} bytes.`,
  columns: (max) => `the file has more than ${max} columns.`,
};

export function problemOf(failure: Failure, requestId: string): Problem {
  // the table's keys are the union's types, which the compiler cannot follow through an index
  const words = (wordsByType[failure.type] as (failure: Failure) => Words)(failure);
  const { facts, ...rest } = words;
  return { type: `urn:herald:problem:${failure.type}`, ...rest, requestId, ...facts };
}
