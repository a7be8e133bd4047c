/** What a bench prints: names carry units; a figure that this system cannot measure is left out, never guessed. */
export type Figures = Readonly<Record<string, string | number>>;

export type Bench = {
  readonly name: string;
  /** The command after `pnpm bench`, with its options at their defaults. */
  readonly usage: string;
  /** What runs, what does not, and on which servers: the reader must be able to tell what the figures mean. */
  readonly measures: string;
  /** Takes the words after the bench's name. Throws `UsageError` when they are not its options. */
  readonly run: (args: readonly string[], say: (line: string) => void) => Promise<Figures>;
};

export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A whole number within bounds, both included. */
export function countOption(name: string, text: string, bounds: { readonly min: number; readonly max: number }): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= bounds.min && count <= bounds.max) return count;
  throw new UsageError(`--${name} takes a whole number from ${bounds.min} to ${bounds.max}, not "${text}"`);
}
