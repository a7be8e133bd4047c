import type { Bucket } from "@herald/campaign";

/** The ledger's buckets in the order of a message's life, as one filters by them; the compiler holds it to be whole. */
const place: Readonly<Record<Bucket, number>> = {
  queued: 0,
  dispatching: 1,
  deferred: 2,
  unknown: 3,
  held: 4,
  skipped: 5,
  failed: 6,
  accepted: 7,
  sent: 8,
  undelivered: 9,
  delivered: 10,
  read: 11,
};
export const bucketChoices: readonly Bucket[] = (Object.keys(place) as Bucket[]).toSorted((one, other) => place[one] - place[other]);

const accepted: readonly (string | null)[] = ["accepted", "sent", "undelivered", "delivered", "read"] satisfies readonly Bucket[];

/** What a colleague sees who opens the same address. */
export type ListAddress = {
  /** Empty: any. */
  readonly buckets: readonly Bucket[];
  readonly reason: string | null;
  readonly code: string | null;
  readonly search: string;
};
export const everybody: ListAddress = { buckets: [], reason: null, code: null, search: "" };
export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

const word = /^[\w.-]{1,60}$/;

/** A value that nobody could have chosen is as none: an old or mistyped link still opens the list. */
export function readAddress(params: SearchParams): ListAddress {
  const text = (name: string): string | null => {
    const value = params[name];
    return (typeof value === "string" ? value : value?.[0]) ?? null;
  };
  const like = (name: string): string | null => {
    const value = text(name);
    return value !== null && word.test(value) ? value : null;
  };
  // a link to a state means all its buckets
  const named = text("bucket")?.split(",") ?? (text("state") === "accepted" ? accepted : [text("state")]);
  const reason = like("reason");
  // a link that knows a code alone may name it as the reason
  const isCode = reason !== null && /^\d+$/.test(reason);
  return {
    buckets: bucketChoices.filter((bucket) => named.includes(bucket)),
    reason: isCode ? null : reason,
    code: like("code") ?? (isCode ? reason : null),
    search: (text("q") ?? "").trim().slice(0, 100),
  };
}

/** The query of an address, without what is as usual. */
export function queryOf({ buckets, reason, code, search }: ListAddress): string {
  const query = new URLSearchParams();
  if (buckets.length > 0) query.set("bucket", buckets.join(","));
  if (reason !== null) query.set("reason", reason);
  if (code !== null) query.set("code", code);
  if (search !== "") query.set("q", search);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** The same as a question to `GET /api/campaigns/{campaignId}/messages`. */
export function doorQueryOf(
  { buckets, reason, code, search }: ListAddress,
  page: { readonly after: string | null; readonly limit: number },
): string {
  const query = new URLSearchParams({ limit: String(page.limit) });
  if (page.after !== null) query.set("after", page.after);
  if (buckets.length > 0) query.set("bucket", buckets.join(","));
  if (reason !== null) query.set("reason", reason);
  if (code !== null) query.set("code", code);
  if (search !== "") query.set("search", search);
  return `?${query.toString()}`;
}
