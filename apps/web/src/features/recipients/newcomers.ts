import { ok, type Result } from "@herald/kernel";
import type { DoorProblem } from "../../acting/call-door.ts";
import { pageSize, type RecipientRow } from "./recipient-row.ts";

/** A page as the door gives it; `next` is the contact after which the next one begins. */
export type Page = { readonly messages: readonly RecipientRow[]; readonly next: string | null };

/** The list on the screen, in the order of its contacts. */
export type Loaded = {
  readonly rows: readonly RecipientRow[];
  /** They came to fit among the rows in sight or above: shown when the reader asks for them, so that no row moves away under a hand. */
  readonly waiting: readonly RecipientRow[];
  /** What is loaded ends with this contact; null: it is all there is. */
  readonly next: string | null;
};

/** Everybody who fits, after `from` (null: from the beginning) up to `to` (null: to the end of what is loaded). */
export type Look = { readonly found: readonly RecipientRow[]; readonly from: string | null; readonly to: string | null };

/** Looked through in one go; a longer list is looked through by turns. */
export const mostLooked = 300;

/**
 * Asks who fits within what is loaded. `end` is the last contact of that (null: it has no end), `expected` how many are known to fit.
 * Every page counts anew, so whoever came to fit since is among the answers, wherever their place is.
 */
export async function lookThrough(
  ask: (after: string | null, limit: number) => Promise<Result<Page, DoorProblem>>,
  { from, end, expected }: { readonly from: string | null; readonly end: string | null; readonly expected: number },
): Promise<Result<Look, DoorProblem>> {
  const found: RecipientRow[] = [];
  let after = from;
  do {
    // one more than are known tells at once whether there are more
    const limit = found.length === 0 ? Math.max(pageSize, expected + 1) : pageSize;
    const page = await ask(after, Math.min(limit, mostLooked - found.length));
    if (!page.ok) return page;
    found.push(...page.value.messages);
    after = page.value.next;
    if (after === null || (end !== null && after >= end)) return ok({ found, from, to: null });
  } while (found.length < mostLooked);
  return ok({ found, from, to: after });
}

/**
 * The list after a look. Rows that are known keep their places, also when they no longer fit, and are renewed. Whoever is new comes in below the
 * row `inSight` (the last contact in sight; null: none is) and waits elsewhere. Nothing new: the very same list.
 */
export function afterLook(loaded: Loaded, look: Look, inSight: string | null): Loaded {
  const rows = renewed(loaded.rows, look.found);
  const known = new Set(rows.map(({ messageId }) => messageId));
  const last = rows.at(-1)?.contactId;
  // a list without an end that grows by more than one look sees: there its next page begins
  const isOpenEnded = loaded.next === null && look.to !== null && (last === undefined || look.to >= last);
  const next = isOpenEnded ? look.to : loaded.next;
  const isLooked = ({ contactId }: RecipientRow): boolean =>
    (look.from === null || contactId > look.from) && (look.to === null || contactId <= look.to);
  const added = look.found.filter((row) => !known.has(row.messageId) && (next === null || row.contactId <= next));
  const isBelow = ({ contactId }: RecipientRow): boolean => inSight === null || contactId > inSight;
  const waiting = [...loaded.waiting.filter((row) => !isLooked(row) && !known.has(row.messageId)), ...added.filter((row) => !isBelow(row))];
  const isSame = rows === loaded.rows && next === loaded.next && !added.some(isBelow) && haveSame(waiting, loaded.waiting);
  return isSame ? loaded : { rows: withRows(rows, added.filter(isBelow)), waiting: inOrder(waiting), next };
}

/** The list with its next page. */
export function withPage({ rows, waiting }: Loaded, { messages, next }: Page): Loaded {
  const all = withRows(renewed(rows, messages), messages);
  const known = new Set(all.map(({ messageId }) => messageId));
  return { rows: all, waiting: waiting.filter(({ messageId }) => !known.has(messageId)), next };
}

/** The list with those who waited, at their places. */
export const withWaiting = ({ rows, waiting, next }: Loaded): Loaded => ({ rows: withRows(rows, waiting), waiting: [], next });

/** Known rows at their places, as the database had them last; without a change the very same list. */
export function renewed(rows: readonly RecipientRow[], found: readonly RecipientRow[]): readonly RecipientRow[] {
  const foundById = new Map(found.map((row) => [row.messageId, row]));
  let hasChanged = false;
  const all = rows.map((row) => {
    const other = foundById.get(row.messageId);
    if (other === undefined || !isNewer(other, row)) return row;
    hasChanged = true;
    return other;
  });
  return hasChanged ? all : rows;
}

/** Two answers may overtake each other; the database's own time of the change tells which is newer. */
const isNewer = (other: RecipientRow, row: RecipientRow): boolean =>
  other.changedAt > row.changedAt ||
  (other.changedAt === row.changedAt && (other.receipt !== row.receipt || other.verdict !== row.verdict));

function withRows(rows: readonly RecipientRow[], more: readonly RecipientRow[]): readonly RecipientRow[] {
  const known = new Set(rows.map(({ messageId }) => messageId));
  const added = more.filter(({ messageId }) => !known.has(messageId));
  return added.length === 0 ? rows : inOrder([...rows, ...added]);
}

const inOrder = (rows: readonly RecipientRow[]): readonly RecipientRow[] =>
  rows.toSorted((one, other) => (one.contactId < other.contactId ? -1 : 1));

const haveSame = (some: readonly RecipientRow[], others: readonly RecipientRow[]): boolean => {
  const ids = new Set(others.map(({ messageId }) => messageId));
  return some.length === others.length && some.every(({ messageId }) => ids.has(messageId));
};
