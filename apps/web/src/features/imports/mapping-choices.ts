import type { ColumnMapping, ImportTry } from "@herald/contacts";

export const roles = ["phone", "name", "tags", "consent", "field", "out"] as const;
export type Role = (typeof roles)[number];

/** What one column of the file becomes. */
export type Choice = {
  readonly header: string;
  readonly role: Role;
  /** Under which the value is kept, when it becomes a field. */
  readonly fieldKey: string;
  /** Why it can only be left out; null when it can be chosen. */
  readonly barred: "unnamed" | "twice" | "reason" | null;
};
export type KeyFault = "wrong" | "twice";

/** The mapping as the screen holds it: one choice per column, in the order of the file. */
export function choicesOf(columns: ImportTry["columns"], mapping: ColumnMapping | null): readonly Choice[] {
  const headers = columns.map(({ header }) => header);
  const fields = Object.entries(mapping?.fields ?? {});
  return columns.map(({ header, fieldKey, isReason }) => {
    const barred = barredOf(header, headers, isReason);
    const field = fields.find(([, name]) => name === header)?.[0];
    const single = (["phone", "name", "tags", "consent"] as const).find((role) => mapping?.[role] === header);
    const role: Role = barred ? "out" : (single ?? (field !== undefined || (mapping === null && fieldKey !== "") ? "field" : "out"));
    return { header, role, fieldKey: field ?? fieldKey, barred };
  });
}

function barredOf(header: string, headers: readonly string[], isReason: boolean): Choice["barred"] {
  if (header === "") return "unnamed";
  if (isReason) return "reason";
  return headers.indexOf(header) === headers.lastIndexOf(header) ? null : "twice";
}

/** One column becomes `role`; what only one column can be is taken from the one that was it before. */
export const withRole = (choices: readonly Choice[], at: number, role: Role): readonly Choice[] =>
  choices.map((choice, index) => {
    if (index === at) return { ...choice, role };
    const isTaken = role !== "field" && role !== "out" && choice.role === role;
    return isTaken ? { ...choice, role: choice.fieldKey === "" ? "out" : "field" } : choice;
  });

export const withKey = (choices: readonly Choice[], at: number, fieldKey: string): readonly Choice[] =>
  choices.map((choice, index) => (index === at ? { ...choice, fieldKey } : choice));

/** What is wrong with the key of a column that becomes a field; null when nothing is. */
export function keyFaultOf(choices: readonly Choice[], at: number): KeyFault | null {
  const choice = choices[at];
  if (choice?.role !== "field") return null;
  if (!/^[a-z][a-z0-9_]{0,59}$/.test(choice.fieldKey)) return "wrong";
  return choices.some((other, index) => index !== at && other.role === "field" && other.fieldKey === choice.fieldKey) ? "twice" : null;
}

export const hasPhone = (choices: readonly Choice[]): boolean => choices.some(({ role }) => role === "phone");

/** As the doors take a mapping: names of columns, in the query. */
export function mappingQuery(choices: readonly Choice[]): URLSearchParams {
  const query = new URLSearchParams();
  for (const { header, role, fieldKey } of choices) {
    if (role === "field") query.append("field", `${fieldKey}:${header}`);
    else if (role !== "out") query.append(role, header);
  }
  return query;
}
