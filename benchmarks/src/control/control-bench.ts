import { countOptions, type Figures } from "../bench.ts";
import { percentile } from "../measure/percentile.ts";
import { worldBench } from "../world/world-bench.ts";
import { type Controls, controlsAt } from "./trials.ts";

const caps = [80, 1000];

export const controlBench = worldBench({
  name: "control",
  usage: "control --trials 20",
  measures:
    "How soon an operator is obeyed while a campaign sends: from the HTTP request at the production build of the web to the last request at the simulator that the new word forbids. Pause, a rate of 10/s, and cancel, as many trials each at 80/s and at 1,000/s; the worse of the two 95th percentiles is printed. A request that begins after the door has answered fails the bench (law L6).",
  withWeb: true,
  options: (args) => countOptions(args, { trials: { default: 20, min: 1, max: 100 } }),
  async measure(world, { trials }, say) {
    await world.startDispatchWorker("worker-dispatch-1", 50);
    const measured: Controls[] = [];
    for (const [index, cap] of caps.entries()) measured.push(await controlsAt(world, { cap, trials, ordinal: index + 1, say }));
    return worstOf(measured);
  },
});

function worstOf(measured: readonly Controls[]): Figures {
  const worst = (values: (controls: Controls) => readonly number[]): number =>
    Math.round(Math.max(...measured.map((controls) => percentile(values(controls), 0.95))));
  return {
    pauseP95Ms: worst(({ pauseMs }) => pauseMs),
    rateP95Ms: worst(({ rateMs }) => rateMs),
    cancelP95Ms: worst(({ cancelMs }) => cancelMs),
  };
}
