/** A request to the provider as it left a worker: before any line between them could delay or lose it. */
export type Begin = {
  readonly campaignId: string;
  readonly messageId: string;
  readonly attempt: number;
  /** Unix milliseconds of this process. */
  readonly atMs: number;
  /** Which group of workers it left. */
  readonly group: 0 | 1;
};
type OpaqueRef = Omit<Begin, "atMs" | "group">;

const inRequest = /"biz_opaque_callback_data":"(v1\.[^"]{10,200})"/g;
/** Longer than any opaque id: an id cut in two by the line is still found. */
const keptCharacters = 300;

export type WireLog = {
  readonly see: (group: 0 | 1, connection: object, piece: Buffer) => void;
  readonly begins: () => readonly Begin[];
  readonly forget: () => void;
};

export function openWireLog(nowMs: () => number): WireLog {
  const tails = new WeakMap<object, string>();
  let begins: Begin[] = [];
  return {
    see(group, connection, piece) {
      const atMs = nowMs();
      const text = (tails.get(connection) ?? "") + piece.toString("latin1");
      let readTo = 0;
      for (const match of text.matchAll(inRequest)) {
        readTo = match.index + match[0].length;
        const ref = readOpaqueId(match[1] ?? "");
        if (ref) begins.push({ ...ref, atMs, group });
      }
      tails.set(connection, text.slice(Math.max(readTo, text.length - keptCharacters)));
    },
    begins: () => begins,
    forget() {
      begins = [];
    },
  };
}

/** `v1.<campaign>.<message>.<attempt>.<mac>`; null for anything else. */
export function readOpaqueId(opaqueId: string | null): OpaqueRef | null {
  const [version, campaignId, messageId, attempt] = (opaqueId ?? "").split(".");
  return version === "v1" && campaignId && messageId && attempt ? { campaignId, messageId, attempt: Number(attempt) } : null;
}
