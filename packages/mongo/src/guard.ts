import type { PipelineStage, Schema } from "mongoose";

/** Every operation of mongoose that takes a filter and reads or changes what it matches. */
const filtered = [
  "countDocuments",
  "deleteMany",
  "deleteOne",
  "distinct",
  "find",
  "findOne",
  "findOneAndDelete",
  "findOneAndReplace",
  "findOneAndUpdate",
  "replaceOne",
  "updateMany",
  "updateOne",
] as const;

/** A defect: a query that would reach documents it does not mean. */
export class UnboundedFilter extends Error {
  override readonly name = "UnboundedFilter";
}

/**
 * Makes every filter of a schema name `field`. For tenants' collections that is `workspaceId`: no query crosses workspaces (law L10),
 * and none is empty by accident: a filter `{ workspaceId: undefined }` hits everything once the driver has dropped it.
 */
export function requireInFilters(schema: Schema, field: string): void {
  const check = (filter: unknown): void => {
    const value = (filter as Readonly<Record<string, unknown>> | undefined)?.[field];
    if (typeof value !== "string" || value === "") throw new UnboundedFilter(`a filter of this collection must name one ${field}`);
  };
  schema.pre([...filtered], function checkFilter() {
    check(this.getFilter());
  });
  schema.pre("aggregate", function checkFirstStage() {
    check((this.pipeline()[0] as PipelineStage.Match | undefined)?.$match);
  });
  schema.pre("bulkWrite", function checkEach(operations) {
    for (const operation of operations) {
      for (const part of Object.values(operation) as { readonly filter?: unknown; readonly document?: unknown }[])
        check(part.filter ?? part.document);
    }
  });
}
