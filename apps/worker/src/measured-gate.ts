import type { Gate } from "@herald/campaign";
import type { Metrics } from "@herald/observability";

/** The gate with a histogram of its calls: those that granted something, which took every lock and committed, apart from those that were told to wait. */
export function measuredGate(gate: Gate, metrics: Metrics): Gate {
  const durations = metrics.histogram("herald_gate_seconds", "Time of one call of the gate, by whether it granted anything.", ["answer"]);
  return {
    ...gate,
    async grant(request) {
      const answer = await gate.grant(request);
      const isGranted = answer.lanes.some(({ messages }) => messages.length > 0);
      durations.observe({ answer: isGranted ? "granted" : "wait" }, (answer.answeredMs - answer.askedMs) / 1000);
      return answer;
    },
  };
}
