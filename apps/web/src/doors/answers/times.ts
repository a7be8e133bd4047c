import { z } from "zod";

/** Times leave as ISO 8601 in UTC. */
export const time = z.iso.datetime();
export const isoOf = (atMs: number): string => new Date(atMs).toISOString();
export const isoOrNull = (atMs: number | null): string | null => (atMs === null ? null : isoOf(atMs));
