/** Keys whose values never reach a log, a metric or a URL (law L12). Compared case-insensitively. */
const personalKeys = new Set([
  "to",
  "from",
  "phone",
  "wa_id",
  "waid",
  "address",
  "value",
  "name",
  "firstname",
  "first_name",
  "lastname",
  "last_name",
  "email",
  "text",
  "body",
  "token",
  "accesstoken",
  "authorization",
  "cookie",
  "password",
  "secret",
  "wamid",
  "providermessageid",
  "provider_message_id",
  "recipient_id",
  "user_id",
  "username",
  "displayname",
  "display_name",
  "profilename",
  "profile_name",
  "phonenumber",
  "phone_number",
  "buttonpayload",
  "parameters",
  "fields",
]);
/**
 * Identifiers and times look like phone numbers in places, and name nobody: they are found first and kept. A time has the year and both colons,
 * as "2026-11-21T09:53:12Z", "2026-11-21 09:53:12" and "Nov 2026 11:20:42"; a phone number has no colon.
 */
const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const ours = String.raw`${uuid}|(?<![\d+][\s().-]?)(?:19|20)\d{2}(?:-\d{2}-\d{2})?[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?(?!\d)`;
/** Seven digits and more, possibly grouped: a phone number. A wamid decodes to one, so it goes as well; and BSUIDs and e-mail addresses. */
const personal = String.raw`\+?\d[\d\s().-]{5,}\d|wamid\.[\w=+/-]+|\b[\w.+-]+@[\w-]+\.[\w.]+\b|\b[A-Z]{2}\.(?:ENT\.)?\w{8,}\b`;
const oursOrPersonal = new RegExp(`(${ours})|${personal}`, "g");

export const redactText = (text: string): string =>
  text.replace(oursOrPersonal, (_match, kept: string | undefined) => kept ?? "[redacted]");

/** A number as long as a phone number; times in ms and our counters stay below or are named in ms. */
const isPhoneLike = (value: number): boolean => Number.isInteger(value) && value >= 1e9 && value < 1e15;

/** A copy that is safe to log: personal keys are blanked, personal patterns inside keys and strings too. */
export function redact(value: unknown, depth = 6, key = ""): unknown {
  if (personalKeys.has(key.toLowerCase())) return "[redacted]";
  if (typeof value === "string") return redactText(value);
  if (typeof value === "number") return isPhoneLike(value) && !key.endsWith("Ms") ? "[redacted]" : value;
  if (typeof value === "bigint") return redactText(String(value));
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Date) return value.toISOString();
  if (depth === 0) return "[deep]";
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [redactText(name), redact(item, depth - 1, name)]));
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const code = "code" in error && (typeof error.code === "string" || typeof error.code === "number") ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: redact(error.cause, depth - 1) };
  return { type: error.name, message: redactText(error.message), ...code, stack: redactText(error.stack ?? ""), ...cause };
}
