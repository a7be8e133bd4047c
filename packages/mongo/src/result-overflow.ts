import type { AttemptResult, ResultOverflow } from "@herald/campaign";
import { parseWorkspaceId, type WorkspaceId } from "@herald/kernel";
import { Types } from "mongoose";
import type { Mongo } from "./mongo.ts";
import type { OverflowDocument } from "./schemas/cross-store-outbox.ts";

const kind = "attempt.results";
/** Keeps one document far below MongoDB's 16 MB, whatever a provider's error texts are like. */
const resultsPerDocument = 1000;

/** `cross_store_outbox`: results that Postgres could not take, kept with majority and journal until it can. */
export function createResultOverflow(mongo: Mongo): ResultOverflow {
  return {
    async put(workspaceId, results) {
      const { overflow } = await mongo.open();
      const documents: OverflowDocument[] = [];
      for (let start = 0; start < results.length; start += resultsPerDocument) {
        documents.push({ _id: new Types.ObjectId(), kind, workspaceId, results: results.slice(start, start + resultsPerDocument) });
      }
      await overflow.insertMany(documents);
    },
    async take(limit) {
      const { overflow } = await mongo.open();
      const documents = await overflow.find({ kind }).sort({ _id: 1 }).limit(limit).lean();
      return documents.map(({ _id, workspaceId, results }) => ({
        overflowId: _id.toHexString(),
        putAtMs: _id.getTimestamp().getTime(),
        workspaceId: ownWorkspaceId(workspaceId),
        results: results as readonly AttemptResult[],
      }));
    },
    async remove(overflowIds) {
      const { overflow } = await mongo.open();
      await overflow.deleteMany({ kind, _id: { $in: overflowIds.map((overflowId) => new Types.ObjectId(overflowId)) } });
    },
  };
}

function ownWorkspaceId(text: string): WorkspaceId {
  const workspaceId = parseWorkspaceId(text);
  if (workspaceId === null) throw new Error("a document of cross_store_outbox names no workspace");
  return workspaceId;
}
