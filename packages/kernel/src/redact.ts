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
]);
/** Eight or more digits, possibly grouped: a phone number. A wamid decodes to one, so it goes as well. */
const personalText = /\+?\d[\d\s().-]{6,}\d|wamid\.[\w=+/-]+|\b[\w.+-]+@[\w-]+\.[\w.]+\b|\b[A-Z]{2}\.\d{8,}\b/g;
/** Identifiers of ours look like phone numbers in places, and name nobody. */
const identifier = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$|^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

export const redactText = (text: string): string => (identifier.test(text) ? text : text.replace(personalText, "[redacted]"));

/** A copy that is safe to log: personal keys are blanked, personal patterns inside strings too. */
export function redact(value: unknown, depth = 6): unknown {
  if (typeof value === "string") return redactText(value);
  if (value === null || typeof value !== "object") return value;
  if (depth === 0) return "[deep]";
  if (value instanceof Error) return { type: value.name, message: redactText(value.message), stack: redactText(value.stack ?? "") };
  if (Array.isArray(value)) return value.map((item) => redact(item, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, personalKeys.has(key.toLowerCase()) ? "[redacted]" : redact(item, depth - 1)]),
  );
}
