import { expect, test } from "vitest";
import { createMetrics } from "./metrics.ts";

test("counters, gauges and histograms are exposed as Prometheus reads them", async () => {
  const metrics = createMetrics({ service: "worker" });
  const attempts = metrics.counter("herald_attempts_total", "Requests answered, by outcome.", ["outcome"]);
  attempts.add({ outcome: "accepted" }, 12);
  attempts.add({ outcome: "accepted" });
  attempts.add({ outcome: "refused" });
  metrics.gauge("herald_inbox_lag_seconds", "Age of the oldest undrained webhook.").set({}, 1.5);
  metrics.histogram("herald_grant_seconds", "Time of a grant.").observe({}, 0.004);
  const { contentType, body } = await metrics.expose();
  expect(contentType).toBe("text/plain; version=0.0.4; charset=utf-8");
  const lines = body.split("\n");
  for (const line of [
    "# TYPE herald_attempts_total counter",
    'herald_attempts_total{outcome="accepted",service="worker"} 13',
    'herald_attempts_total{outcome="refused",service="worker"} 1',
    'herald_inbox_lag_seconds{service="worker"} 1.5',
    'herald_grant_seconds_bucket{le="0.0025",service="worker"} 0',
    'herald_grant_seconds_bucket{le="0.005",service="worker"} 1',
    'herald_grant_seconds_count{service="worker"} 1',
  ]) {
    expect(lines).toContain(line);
  }
});

test("a label that holds a phone number does not show it (law L12)", async () => {
  const metrics = createMetrics({ service: "worker" });
  metrics.counter("herald_attempts_total", "Requests answered.", ["outcome"]).add({ outcome: "to +16505551234" });
  expect((await metrics.expose()).body).not.toContain("6505551234");
});

test("two sets of metrics share nothing, and a name is given once", async () => {
  const [one, other] = [createMetrics({ service: "a" }), createMetrics({ service: "b" })];
  one.counter("herald_attempts_total", "Requests answered.").add({});
  expect((await other.expose()).body).not.toContain("herald_attempts_total");
  expect(() => one.counter("herald_attempts_total", "Requests answered.")).toThrow("already been registered");
});
