import { err, type InputIssue, type InvalidInput, invalidInput, ok, type Result } from "@herald/kernel";
import { z } from "zod";

const column = z.string().trim().min(1).max(200);
/** Which column becomes what, by the names in the header. Columns that are not named here are left out. */
export const ColumnMappingInput = z.strictObject({
  phone: column,
  /** The name shown to operators; absent: first and last name, where those fields are mapped. */
  name: column.optional(),
  /** Tags of a cell are separated by `|`, `;` or `,`. */
  tags: column.optional(),
  consent: column.optional(),
  /** Column by the key of the contact field, e.g. `{ first_name: "Vorname" }`. */
  fields: z.record(z.string().regex(/^[a-z][a-z0-9_]{0,59}$/), column).default({}),
});
export type ColumnMapping = z.output<typeof ColumnMappingInput>;

/** Index of the cell by what it becomes. */
export type ColumnPlan = {
  readonly columnCount: number;
  readonly phone: number;
  readonly name: number | null;
  readonly tags: number | null;
  readonly consent: number | null;
  readonly fields: readonly { readonly field: string; readonly at: number }[];
};

const fold = (name: string): string => name.trim().toLowerCase();

/** Finds every mapped column in the header, whatever its case; a name that is missing, or stands there twice, is one issue each. */
export function planColumns(headers: readonly string[], mapping: ColumnMapping): Result<ColumnPlan, InvalidInput> {
  const issues: InputIssue[] = [];
  const find = (path: string, name: string): number => {
    const alike = headers.flatMap((header, at) => (fold(header) === fold(name) ? [at] : []));
    const exact = alike.filter((at) => headers[at] === name);
    const [at = -1, other] = exact.length > 0 ? exact : alike;
    if (at === -1) issues.push({ path, message: `The file has no column “${name}”.`, cure: `Choose one of: ${headers.join(", ")}.` });
    else if (other !== undefined)
      issues.push({ path, message: `The file has two columns “${name}”.`, cure: "Rename one of them in the file." });
    return at;
  };
  const findOptional = (path: string, name: string | undefined): number | null => (name === undefined ? null : find(path, name));
  const plan: ColumnPlan = {
    columnCount: headers.length,
    phone: find("mapping.phone", mapping.phone),
    name: findOptional("mapping.name", mapping.name),
    tags: findOptional("mapping.tags", mapping.tags),
    consent: findOptional("mapping.consent", mapping.consent),
    fields: Object.entries(mapping.fields).map(([field, name]) => ({ field, at: find(`mapping.fields.${field}`, name) })),
  };
  return issues.length === 0 ? ok(plan) : err(invalidInput(...issues));
}
