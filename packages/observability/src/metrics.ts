import { redactText } from "@herald/kernel";
import { Counter as PromCounter, Gauge as PromGauge, Histogram as PromHistogram, Registry } from "prom-client";

/** Label values: few, of a closed set; never an id of a campaign or a person, which would make a time series each. */
type Labels<Label extends string> = Readonly<Record<Label, string>>;

export type Counter<Label extends string> = { readonly add: (labels: Labels<Label>, count?: number) => void };
export type Gauge<Label extends string> = { readonly set: (labels: Labels<Label>, value: number) => void };
export type Histogram<Label extends string> = { readonly observe: (labels: Labels<Label>, seconds: number) => void };
export type Exposition = { readonly contentType: string; readonly body: string };

/** Names are `herald_<stage>_<what>_<unit>`, counters end in `_total`. A name can be given once. */
export type Metrics = {
  readonly counter: <Label extends string = never>(name: string, help: string, labels?: readonly Label[]) => Counter<Label>;
  readonly gauge: <Label extends string = never>(name: string, help: string, labels?: readonly Label[]) => Gauge<Label>;
  /** Of durations in seconds, over the same buckets for all, so that they can be laid side by side. */
  readonly histogram: <Label extends string = never>(name: string, help: string, labels?: readonly Label[]) => Histogram<Label>;
  /** All of it, in the text format that Prometheus scrapes. */
  readonly expose: () => Promise<Exposition>;
};

/** From a grant (3 ms, finely: its quantiles are read from here) over a request to a provider (300 ms) to its time limit (20 s). */
const bucketsSeconds = [
  0.001, 0.0015, 0.002, 0.0025, 0.003, 0.004, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20,
];

/** A registry of its own: nothing is global, and nothing is registered by being imported. */
export function createMetrics({ service }: { readonly service: string }): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  const registers = [registry];
  return {
    counter(name, help, labelNames = []) {
      const counter = new PromCounter({ name, help, labelNames, registers });
      return { add: (labels, count = 1) => counter.inc(safe(labels), count) };
    },
    gauge(name, help, labelNames = []) {
      const gauge = new PromGauge({ name, help, labelNames, registers });
      return { set: (labels, value) => gauge.set(safe(labels), value) };
    },
    histogram(name, help, labelNames = []) {
      const histogram = new PromHistogram({ name, help, labelNames, registers, buckets: bucketsSeconds });
      return { observe: (labels, seconds) => histogram.observe(safe(labels), seconds) };
    },
    async expose() {
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

/** The last line of defence of law L12: a label is visible to whoever can scrape. */
function safe<Label extends string>(labels: Labels<Label>): Labels<Label> {
  return Object.fromEntries(Object.entries<string>(labels).map(([label, value]) => [label, redactText(value)])) as Labels<Label>;
}
