import { err, ok, type Result } from "@herald/kernel";
import type { ImportedPerson } from "../ports.ts";
import type { CsvRow } from "./csv-file.ts";
import type { ColumnPlan } from "./mapping.ts";
import { readPhoneNumber } from "./phone.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { unguardCell } from "./spreadsheet-cell.ts";

const yes = new Set(["yes", "y", "true", "1", "x", "✓", "ok", "granted", "opt-in", "optin", "ja", "si", "sí", "oui", "sim", "نعم"]);
const no = new Set(["no", "n", "false", "0", "opt-out", "optout", "withdrawn", "nein", "non", "não", "nao", "لا"]);
const maxTagLength = 60;

/** One row as a person, or the reason why it is none. Cells that are missing at the end of a row count as empty. */
export function readPerson(row: CsvRow, plan: ColumnPlan, defaultCountry: string | null): Result<ImportedPerson, Refusal> {
  const { rowNo, cells } = row;
  if (cells.length > plan.columnCount) {
    const counts = `The row has ${cells.length} cells, the header has ${plan.columnCount}`;
    return err(refusal("too_many_cells", `${counts}: a cell with a separator in it must be quoted.`));
  }
  if (cells.some((cell) => cell.includes("\u0000"))) return err(refusal("not_text", "The row holds a NUL character."));
  const cell = (at: number | null): string => (at === null ? "" : unguardCell((cells[at] ?? "").trim()).trim());

  const phone = readPhoneNumber(cell(plan.phone), defaultCountry);
  if (!phone.ok) return phone;
  const consent = readConsent(cell(plan.consent));
  if (!consent.ok) return consent;
  const tags = [
    ...new Set(
      cell(plan.tags)
        .split(/[|;,]/)
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ""),
    ),
  ];
  const longTag = tags.find((tag) => tag.length > maxTagLength);
  if (longTag !== undefined)
    return err(refusal("tag_too_long", `The tag “${longTag.slice(0, 20)}…” is longer than ${maxTagLength} characters.`));
  const fields = Object.fromEntries(plan.fields.map(({ field, at }) => [field, cell(at)]).filter(([, value]) => value !== ""));
  const fullName = [fields["first_name"], fields["last_name"]].filter(Boolean).join(" ");
  return ok({
    rowNo,
    address: { channel: "whatsapp", kind: "phone", value: phone.value.e164 },
    country: phone.value.country,
    displayName: cell(plan.name) || fullName || null,
    fields,
    tags,
    consent: consent.value,
  });
}

/** An empty cell says nothing; a "no" is a withdrawal, and counts. */
function readConsent(text: string): Result<ImportedPerson["consent"], Refusal> {
  const word = text.toLowerCase();
  if (word === "") return ok(null);
  if (yes.has(word)) return ok("granted");
  if (no.has(word)) return ok("withdrawn");
  return err(refusal("consent_unclear", `The consent “${text.slice(0, 40)}” is neither yes nor no.`));
}
