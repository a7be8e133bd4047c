import type { RecipientRecord, Send, Truth } from "./truth.ts";

export type DoublesQuery = {
  /** Acceptances before this moment are left out. */
  readonly sinceMs: number;
  /** Only acceptances whose opaque id begins so; empty takes all. */
  readonly opaqueIdPrefix: string;
};

/** Recipients accepted more than once, and which of those acceptances no failure before them explains. */
export type DoubleRow = ReturnType<typeof doubleRow>;

export function doublesOf(truth: Truth, query: DoublesQuery): RecipientRecord[] {
  return [...truth.recipientsAcceptedAgain]
    .map((recipient) => truth.recipientOf(recipient))
    .filter((record) => record !== undefined)
    .filter((record) => acceptancesOf(record, query).length > 1);
}

/**
 * An acceptance is excused when each earlier one of that recipient had its `failed` receipt on the wire before this request arrived: only
 * then could a sender know that another try reaches nobody twice. A cut or an error answer excuses nothing.
 */
export function doubleRow(record: RecipientRecord, query: DoublesQuery) {
  const sends = acceptancesOf(record, query);
  const acceptances = sends.map((send, index) => ({
    wamid: send.wamid,
    opaqueId: send.opaqueId,
    phoneNumberId: send.phoneNumberId,
    atMs: send.atMs,
    answer: send.answer,
    failedCode: send.failedCode,
    failedToldAtMs: send.failedToldAtMs,
    excused: sends.slice(0, index).every((earlier) => earlier.failedToldAtMs !== null && earlier.failedToldAtMs <= send.atMs),
  }));
  return { recipient: record.recipient, unexcused: acceptances.filter((each) => !each.excused).length, acceptances };
}

const acceptancesOf = (record: RecipientRecord, { sinceMs, opaqueIdPrefix }: DoublesQuery): Send[] =>
  record.messages
    .flatMap((message) => message.sends)
    .filter((send) => send.recipient === record.recipient && send.atMs >= sinceMs && (send.opaqueId ?? "").startsWith(opaqueIdPrefix))
    .toSorted((left, right) => left.atMs - right.atMs);
