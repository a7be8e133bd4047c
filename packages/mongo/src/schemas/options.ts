/**
 * What every schema here shares. An unknown path throws, in documents and in filters: dropped silently, it would lose data or widen the filter.
 * Nothing waits in a buffer for a connection, and no index is built on the side: `ensureIndexes` does that at boot.
 */
export const schemaOptions = {
  strict: "throw",
  strictQuery: "throw",
  versionKey: false,
  id: false,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  minimize: false,
} as const;
