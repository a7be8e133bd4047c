import type { ConversationLog, ResultOverflow } from "@herald/campaign";

type Stores = { readonly overflow: ResultOverflow; readonly conversations: ConversationLog; readonly ensureIndexes: () => Promise<void> };
/** Adapters over one connection, and its end. */
export type MongoOpened = Stores & { readonly close: () => Promise<void> };
/** A port whose every method is asynchronous. */
type Remote = Readonly<Record<string, (...given: never[]) => Promise<unknown>>>;

/**
 * What is kept in MongoDB, with its driver loaded by the first call: 400 modules and more than 10 MB, which a process that only sends needs when
 * Postgres is away, and one that runs workflows never.
 */
export function mongoAtFirstUse(load: () => Promise<MongoOpened>): MongoOpened {
  let loading: Promise<MongoOpened> | null = null;
  const opened = (): Promise<MongoOpened> => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  return {
    overflow: forwarding(async () => (await opened()).overflow, {
      put: true,
      take: true,
      remove: true,
      noteRefusal: true,
      setAside: true,
      aside: true,
      takeAside: true,
    }),
    conversations: forwarding(async () => (await opened()).conversations, { apply: true }),
    ensureIndexes: async () => (await opened()).ensureIndexes(),
    close: async () => (await loading)?.close(),
  };
}

/** The port itself, each of whose methods waits for it. Every method has to be named. */
function forwarding<Port extends Remote>(port: () => Promise<Port>, methods: Readonly<Record<keyof Port, true>>): Port {
  const entries = Object.keys(methods).map((method) => [
    method,
    async (...given: never[]) => {
      const target = await port();
      const call = target[method];
      // undefined would say that a put is safe
      if (call === undefined) throw new Error(`the port has no method ${method}`);
      return call(...given);
    },
  ]);
  return Object.fromEntries(entries) as Port;
}
