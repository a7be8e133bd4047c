import type { Bench, Figures } from "../bench.ts";
import { inWorld, type World } from "./world.ts";

type WorldBench<Options> = Pick<Bench, "name" | "usage" | "measures"> & {
  readonly withWeb: boolean;
  /** Reads the words after the bench's name, before anything is started. */
  readonly options: (args: readonly string[]) => Options;
  readonly measure: (world: World, options: Options, say: (line: string) => void) => Promise<Figures | readonly Figures[]>;
};

/** A bench that measures the whole product: its options are read, a world is opened, it measures, and nothing is left running. */
export const worldBench = <Options>({ name, usage, measures, withWeb, options, measure }: WorldBench<Options>): Bench => ({
  name,
  usage,
  measures,
  async run(args, say) {
    const chosen = options(args);
    return inWorld({ withWeb, say }, (world) => measure(world, chosen, say));
  },
});
