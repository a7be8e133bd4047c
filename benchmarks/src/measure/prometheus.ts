export type Sample = { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number };

/** Samples of a text exposition. Source of the format: prometheus.io/docs/instrumenting/exposition_formats */
export function parseExposition(text: string): readonly Sample[] {
  return text.split("\n").flatMap((line) => {
    const parts = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/.exec(line);
    if (!parts) return [];
    const [, name = "", labels = "", value = ""] = parts;
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = "", text = ""]) => [label, text] as const);
    return [{ name, labels: Object.fromEntries(pairs), value: value === "+Inf" ? Number.POSITIVE_INFINITY : Number(value) }];
  });
}

/** A histogram: how many observations lay at or below each bound, bounds ascending, the last infinite. */
export type Buckets = readonly { readonly le: number; readonly count: number }[];

/** The buckets of one histogram over all label values that match, summed. */
export function bucketsOf(samples: readonly Sample[], name: string, labels: Readonly<Record<string, string>> = {}): Buckets {
  const counts = new Map<number, number>();
  for (const sample of samples) {
    if (sample.name !== `${name}_bucket` || Object.entries(labels).some(([label, value]) => sample.labels[label] !== value)) continue;
    const le = sample.labels["le"] === "+Inf" ? Number.POSITIVE_INFINITY : Number(sample.labels["le"]);
    counts.set(le, (counts.get(le) ?? 0) + sample.value);
  }
  return [...counts].map(([le, count]) => ({ le, count })).toSorted((one, other) => one.le - other.le);
}

/** Where a share of the observations lies, by straight line inside its bucket, as Prometheus' histogram_quantile does; null without observations. */
export function quantileOf(buckets: Buckets, share: number): number | null {
  const total = buckets.at(-1)?.count ?? 0;
  if (total === 0) return null;
  const rank = share * total;
  let below = { le: 0, count: 0 };
  for (const bucket of buckets) {
    if (bucket.count >= rank && bucket.count > below.count) {
      if (bucket.le === Number.POSITIVE_INFINITY) return below.le;
      return below.le + ((bucket.le - below.le) * (rank - below.count)) / (bucket.count - below.count);
    }
    below = bucket;
  }
  return below.le;
}
