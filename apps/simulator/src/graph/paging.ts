import { err, ok, type Result } from "@herald/kernel";
import { type GraphError, parameterError } from "./errors.ts";
import { type Node, pickFields } from "./fields.ts";

const defaultLimit = 25;
const maxLimit = 1000;

const cursorAt = (position: number): string => Buffer.from(`at:${position}`).toString("base64url");
const positionOf = (cursor: string): number | null => {
  const position = /^at:(\d+)$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
  return position === undefined ? null : Number(position);
};

/** One page of nodes with Graph's cursors; `next` and `previous` are whole addresses. Source: developers.facebook.com/docs/graph-api/results */
export function pageOf(nodes: readonly Node[], url: URL): Result<Record<string, unknown>, GraphError> {
  const limit = Number(url.searchParams.get("limit") ?? defaultLimit);
  if (!Number.isInteger(limit) || limit < 1) return err(parameterError("Param limit must be a positive integer."));
  const size = Math.min(limit, maxLimit);
  const after = url.searchParams.get("after");
  const before = url.searchParams.get("before");
  const afterPosition = after === null ? -1 : positionOf(after);
  const beforePosition = before === null ? null : positionOf(before);
  if (afterPosition === null || (before !== null && beforePosition === null)) return err(parameterError("Invalid cursors values"));

  const start = beforePosition === null ? afterPosition + 1 : Math.max(0, beforePosition - size);
  const page = nodes.slice(start, beforePosition === null ? start + size : beforePosition);
  const data: Record<string, unknown>[] = [];
  for (const node of page) {
    const picked = pickFields(node, url.searchParams.get("fields"));
    if (!picked.ok) return picked;
    data.push(picked.value);
  }
  if (page.length === 0) return ok({ data });
  const cursors = { before: cursorAt(start), after: cursorAt(start + page.length - 1) };
  const neighbour = (name: "after" | "before"): string => {
    const address = new URL(url);
    address.searchParams.delete(name === "after" ? "before" : "after");
    address.searchParams.set(name, cursors[name]);
    return address.href;
  };
  const next = start + page.length < nodes.length ? { next: neighbour("after") } : {};
  const previous = start > 0 ? { previous: neighbour("before") } : {};
  return ok({ data, paging: { cursors, ...next, ...previous } });
}
