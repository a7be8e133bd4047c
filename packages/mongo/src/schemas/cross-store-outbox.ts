import { Schema, type Types } from "mongoose";
import { requireInFilters } from "../guard.ts";
import { schemaOptions } from "./options.ts";

/** What Postgres could not take, until it can. Its id grows with time. */
export type OverflowDocument = {
  readonly _id: Types.ObjectId;
  readonly kind: "attempt.results";
  readonly workspaceId: string;
  /** Results of attempts as the domain has them, written and read whole. */
  readonly results: readonly unknown[];
};

export const crossStoreOutbox = new Schema<OverflowDocument>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, required: true, enum: ["attempt.results"] },
    workspaceId: { type: String, required: true },
    results: { type: [Schema.Types.Mixed], required: true },
  },
  { ...schemaOptions, collection: "cross_store_outbox" },
);
crossStoreOutbox.index({ kind: 1, _id: 1 }, { name: "oldest" });
// Drained over all workspaces in turn, so a filter is bound by kind and not by workspace.
requireInFilters(crossStoreOutbox, "kind");
