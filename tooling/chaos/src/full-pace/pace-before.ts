/** Requests in the last second before one moment, by the times they arrived: the second ends with the last of them, for a dead worker sends none. */
export function paceBefore(arrivalsMs: readonly number[], momentMs: number): number {
  const before = arrivalsMs.filter((atMs) => atMs <= momentMs);
  const lastMs = before.reduce((last, atMs) => Math.max(last, atMs), Number.NEGATIVE_INFINITY);
  return before.filter((atMs) => atMs > lastMs - 1000).length;
}
