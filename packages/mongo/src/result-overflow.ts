import type { AttemptResult, OverflowedResults, ResultOverflow } from "@herald/campaign";
import { parseCampaignId, parseWorkspaceId } from "@herald/kernel";
import { Types } from "mongoose";
import type { Mongo } from "./mongo.ts";
import type { OverflowDocument } from "./schemas/cross-store-outbox.ts";

const kind = "attempt.results";
/** Keeps one document far below MongoDB's 16 MB, whatever a provider's error texts are like. */
const resultsPerDocument = 1000;
/**
 * The whole of a put, with the choice of a server and the driver's own second try, ms. `herald.overflow_margin` is derived from it: an operator's
 * decision waits for puts that are under way.
 */
export const overflowPutDeadlineMs = 5000;

/** `cross_store_outbox`: results that Postgres could not take, kept with majority and journal until it can. */
export function createResultOverflow(mongo: Mongo): ResultOverflow {
  return {
    async put(workspaceId, results) {
      const { overflow } = await mongo.open();
      const documents: OverflowDocument[] = [];
      for (let start = 0; start < results.length; start += resultsPerDocument) {
        documents.push({ _id: new Types.ObjectId(), kind, workspaceId, results: results.slice(start, start + resultsPerDocument) });
      }
      // by the driver itself: mongoose knows no deadline for an insert
      if (documents.length > 0) await overflow.collection.insertMany(documents, { timeoutMS: overflowPutDeadlineMs });
    },
    async take(limit) {
      const { overflow } = await mongo.open();
      return (await overflow.find({ kind, setAsideAt: null }).sort({ _id: 1 }).limit(limit).lean()).map(toBatch);
    },
    async remove(overflowIds) {
      const { overflow } = await mongo.open();
      await overflow.deleteMany({ kind, _id: { $in: overflowIds.map((overflowId) => new Types.ObjectId(overflowId)) } });
    },
    async noteRefusal(overflowId) {
      const { overflow } = await mongo.open();
      const update = { $inc: { refusals: 1 }, $currentDate: { triedAt: true } } as const;
      const noted = await overflow
        .findOneAndUpdate({ kind, _id: new Types.ObjectId(overflowId) }, update, { returnDocument: "after" })
        .lean();
      return noted?.refusals ?? 0;
    },
    async setAside(overflowId, campaignIds) {
      const { overflow } = await mongo.open();
      const update = { $set: { campaignIds }, $currentDate: { setAsideAt: true, triedAt: true } } as const;
      await overflow.updateOne({ kind, _id: new Types.ObjectId(overflowId) }, update);
    },
    async aside() {
      const { overflow } = await mongo.open();
      const documents = await overflow
        .find({ kind, setAsideAt: { $ne: null } }, { results: 0 })
        .sort({ _id: 1 })
        .lean();
      return documents.map(({ _id, workspaceId, campaignIds }) => ({
        overflowId: _id.toHexString(),
        putAtMs: _id.getTimestamp().getTime(),
        workspaceId: parseWorkspaceId(workspaceId),
        campaignIds: campaignIds?.map((text) => parseCampaignId(text)).filter((campaignId) => campaignId !== null) ?? null,
      }));
    },
    async takeAside(limit, untriedForMs) {
      const { overflow } = await mongo.open();
      const isUntried = { $lte: ["$triedAt", { $dateSubtract: { startDate: "$$NOW", unit: "millisecond", amount: untriedForMs } }] };
      return (
        await overflow
          .find({ kind, setAsideAt: { $ne: null }, $expr: isUntried })
          .sort({ _id: 1 })
          .limit(limit)
          .lean()
      ).map(toBatch);
    },
  };
}

function toBatch({ _id, workspaceId, results }: Omit<OverflowDocument, "results"> & { readonly results?: unknown }): OverflowedResults {
  return {
    overflowId: _id.toHexString(),
    putAtMs: _id.getTimestamp().getTime(),
    // one that cannot be read is for the drain to judge: it must not hold up those behind it
    workspaceId: parseWorkspaceId(workspaceId),
    results: Array.isArray(results) ? (results as readonly AttemptResult[]) : [],
  };
}
