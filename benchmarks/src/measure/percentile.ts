/** The nearest-rank percentile: a value that really occurred. `share` between 0 and 1. Throws on an empty list: there is no figure then. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError("no values, no percentile");
  return found;
}

/** To so many decimals, as a figure is printed. */
export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
