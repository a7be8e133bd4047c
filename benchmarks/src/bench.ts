import { parseArgs } from "node:util";

/** What a bench prints: names carry units; a figure that this system cannot measure is left out, never guessed. `valid: false` says that a run does not count. */
export type Figures = { readonly [name: string]: Figure };
type Figure = string | number | boolean | null | readonly Figure[] | Figures;

export type Bench = {
  readonly name: string;
  /** The command after `pnpm bench`, with its options at their defaults. */
  readonly usage: string;
  /** What runs, what does not, and on which servers: the reader must be able to tell what the figures mean. */
  readonly measures: string;
  /** Takes the words after the bench's name. Throws `UsageError` when they are not its options. Several figures are printed one a line. */
  readonly run: (args: readonly string[], say: (line: string) => void) => Promise<Figures | readonly Figures[]>;
};

export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The bench cannot run here, or what it measured is not what was meant: no figure is printed. Its words are all there is to tell. */
export class CannotMeasure extends Error {
  override readonly name = "CannotMeasure";
}

/** Fails when the signal fires: what a bench races against. A listener keeps no process alive, so one that has failed ends. */
export function interrupted(signal: AbortSignal): Promise<never> {
  const ended = Promise.withResolvers<never>();
  const end = (): void => ended.reject(new CannotMeasure("interrupted"));
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  ended.promise.catch(() => undefined);
  return ended.promise;
}

/** `among`: only these. */
export type CountBounds = { readonly min: number; readonly max: number; readonly among?: readonly number[] };

/** A whole number within bounds, both included. */
export function countOption(name: string, text: string, bounds: CountBounds): number {
  const count = Number(text);
  if (bounds.among?.includes(count) === false) throw new UsageError(`--${name} takes one of ${bounds.among.join(", ")}, not "${text}"`);
  if (Number.isInteger(count) && count >= bounds.min && count <= bounds.max) return count;
  throw new UsageError(`--${name} takes a whole number from ${bounds.min} to ${bounds.max}, not "${text}"`);
}

/** Reads options that are all whole numbers, e.g. `{ seconds: { default: 35, min: 5, max: 600 } }`. */
export function countOptions<Name extends string>(
  args: readonly string[],
  spec: Readonly<Record<Name, CountBounds & { readonly default: number }>>,
): Readonly<Record<Name, number>> {
  const names = Object.keys(spec) as Name[];
  const values = parsed(args, names);
  return Object.fromEntries(
    names.map((name) => [name, values[name] === undefined ? spec[name].default : countOption(name, values[name], spec[name])]),
  ) as Record<Name, number>;
}

function parsed(args: readonly string[], names: readonly string[]): Readonly<Record<string, string | undefined>> {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
