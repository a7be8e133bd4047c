import type { Sample } from "../measure/prometheus.ts";

const namespace = "herald";

/**
 * What Temporal Cloud bills, as the server itself counts it: its counter `action`, one label value per kind. A kind that is no Action in the
 * cloud is left out here with its reason.
 * Source of what is an Action: docs.temporal.io/cloud/actions (workflow and activity starts with their retries, heartbeats that reach the server,
 * timers, signals, queries, updates, search attribute upserts, continue-as-new).
 */
export function actionsByKind(samples: readonly Sample[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name, labels, value } of samples) {
    const kind = labels["action_type"];
    if (name !== "action" || kind === undefined || labels["namespace"] !== namespace) continue;
    counts.set(kind, (counts.get(kind) ?? 0) + value);
  }
  return counts;
}

/** What was counted between two readings, by kind, without kinds that did not occur. */
export function actionsSince(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  const grown = [...after].map(([kind, count]) => [kind, count - (before.get(kind) ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, count]) => count > 0).toSorted(([one], [other]) => one.localeCompare(other)));
}

/** Heartbeats that went over the wire: counted by the server's frontend as `service_requests`, by the SDK as `temporal_request_total`. */
export function heartbeatRequests(samples: readonly Sample[]): number {
  return samples
    .filter(
      ({ name, labels }) =>
        labels["operation"] === "RecordActivityTaskHeartbeat" &&
        ((name === "service_requests" && labels["service_name"] === "frontend") || name === "temporal_request_total"),
    )
    .reduce((sum, { value }) => sum + value, 0);
}

/** An activity that ends lets go of the heartbeat it has on its way, at most one; one that the server has and nobody sent is a miscount. */
export const mayAgree = ({ sent, received, activities }: Readonly<Record<"sent" | "received" | "activities", number>>): boolean =>
  received <= sent && sent - received <= activities;
