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
  /** How often a ledger that answers has refused the batch, and when it was tried last. */
  readonly refusals?: number;
  readonly triedAt?: Date;
  /** Set: it is tried seldom, and in nobody's way but of the campaigns it names. A person may unset it, or delete the document. */
  readonly setAsideAt?: Date;
  /** Campaigns of the results that were refused; null: they cannot be read. */
  readonly campaignIds?: readonly string[] | null;
};

export const crossStoreOutbox = new Schema<OverflowDocument>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, required: true, enum: ["attempt.results"] },
    workspaceId: { type: String, required: true },
    results: { type: [Schema.Types.Mixed], required: true },
    refusals: Number,
    triedAt: Date,
    setAsideAt: Date,
    campaignIds: Schema.Types.Mixed,
  },
  { ...schemaOptions, collection: "cross_store_outbox" },
);
crossStoreOutbox.index({ kind: 1, _id: 1 }, { name: "oldest" });
// Drained over all workspaces in turn, so a filter is bound by kind and not by workspace.
requireInFilters(crossStoreOutbox, "kind");
