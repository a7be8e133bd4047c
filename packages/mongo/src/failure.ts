/**
 * MongoDB did not take a write; what was written before it may stand. It names the collection and the server's codes and nothing else:
 * a message of the driver quotes keys and values, and a key may hold a provider's message id (law L12).
 */
export class MongoWriteFailed extends Error {
  override readonly name = "MongoWriteFailed";

  constructor(collection: string, causes: readonly (string | number)[]) {
    super(`${collection}: not written (${[...new Set(causes)].join(", ")})`);
  }
}
