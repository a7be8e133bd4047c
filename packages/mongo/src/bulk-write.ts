import { type Model, mongo } from "mongoose";
import { MongoWriteFailed } from "./failure.ts";

/** A write whose repetition changes nothing: to one document, by its id. On an empty place its parts together are the document. */
export type Upsert<Document extends Keyed> = {
  readonly _id: string;
  readonly workspaceId: string;
  readonly update: {
    readonly $setOnInsert: Partial<Document>;
    readonly $set?: Partial<Document>;
    readonly $min?: Partial<Document>;
    readonly $max?: Partial<Document>;
  };
};
type Keyed = { readonly _id: string; readonly workspaceId: string };
type Operation<Document> = Parameters<Model<Document>["bulkWrite"]>[0][number];

/** More in one command gains nothing and holds the event loop for longer. */
const batchSize = 1000;
const maxTries = 5;
const duplicateKey = 11000;

/** Rejects with `MongoWriteFailed`; all may then be applied again. */
export async function upsertAll<Document extends Keyed>(model: Model<Document>, upserts: readonly Upsert<Document>[]): Promise<void> {
  await inBatches(model, upserts, async (batch) => {
    const found = await insertNew(model, batch.map(toDocument));
    await update(
      model,
      batch.filter(({ _id }) => found.has(_id)),
    );
  });
}

/** For documents that never change: one that exists is left as it is. Rejects like `upsertAll`. */
export async function insertAll<Document extends Keyed>(model: Model<Document>, documents: readonly Document[]): Promise<void> {
  await inBatches(model, documents, (batch) => insertNew(model, batch));
}

async function inBatches<Item>(
  model: { readonly collection: { readonly name: string } },
  items: readonly Item[],
  write: (batch: readonly Item[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += batchSize) {
    try {
      await write(items.slice(start, start + batchSize));
    } catch (error) {
      throw new MongoWriteFailed(model.collection.name, causesOf(error));
    }
  }
}

/** Inserting what is new costs a fraction of upserting it. Answers the ids that were there already, or that somebody else inserted at the same time. */
async function insertNew<Document extends Keyed>(model: Model<Document>, documents: readonly Document[]): Promise<ReadonlySet<string>> {
  const ids = documents.map(({ _id }) => _id);
  // an id names its workspace; the workspace beside it would let a server choose a worse index than that of the ids
  const existing = await model.collection.find({ _id: { $in: ids as never[] } }, { projection: { _id: 1 } }).toArray();
  const found = new Set(existing.map(({ _id }) => String(_id)));
  const fresh = documents.filter(({ _id }) => !found.has(_id));
  if (fresh.length === 0) return found;
  try {
    await model.insertMany(fresh, { ordered: false, lean: true });
    return found;
  } catch (error) {
    if (!isLostRace(error)) throw error;
    return new Set(ids);
  }
}

/** In one transaction: a batch is then made durable once, and not once for each document. */
async function update<Document extends Keyed>(model: Model<Document>, upserts: readonly Upsert<Document>[]): Promise<void> {
  for (let tries = 1; upserts.length > 0; tries += 1) {
    try {
      await model.db.transaction(async (session) => {
        // mongoose leaves out an operation that breaks the schema, and says so only when told to
        await model.bulkWrite(upserts.map(toOperation), { session, ordered: false, throwOnValidationError: true });
      });
      return;
    } catch (error) {
      if (tries >= maxTries || !isLostRace(error)) throw error;
    }
  }
}

function toDocument<Document extends Keyed>({ _id, workspaceId, update: parts }: Upsert<Document>): Document {
  return { _id, workspaceId, ...parts.$setOnInsert, ...parts.$set, ...parts.$min, ...parts.$max } as Partial<Document> as Document;
}

/** An upsert still, in case the document was deleted meanwhile. */
function toOperation<Document extends Keyed>({ _id, workspaceId, update: parts }: Upsert<Document>): Operation<Document> {
  return { updateOne: { filter: { _id, workspaceId }, update: parts, upsert: true } };
}

/** Two writers inserted one document at once; the second finds it there now. */
function isLostRace(error: unknown): boolean {
  const codes = writeErrorCodes(error);
  return codes.length > 0 && codes.every((code) => code === duplicateKey);
}

function writeErrorCodes(error: unknown): readonly number[] {
  if (!(error instanceof mongo.MongoBulkWriteError)) return [];
  return [error.writeErrors].flat().map(({ code }) => code);
}

function causesOf(error: unknown): readonly (string | number)[] {
  const codes = writeErrorCodes(error);
  if (codes.length > 0) return codes;
  if (error instanceof mongo.MongoServerError && error.code !== undefined) return [error.code];
  return [error instanceof Error ? error.name : "unknown"];
}
