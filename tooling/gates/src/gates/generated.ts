import type { Gate } from "../gate.ts";
import { GENERATORS } from "../generate/generators.ts";

/** Files a program writes are what that program writes today. The list is in src/generate/generators.ts. */
export const generated: Gate = {
  name: "generated",
  promise: "every generated file is what its generator writes today",
  async run(house) {
    const outputs = (await Promise.all(GENERATORS.map(async (generator) => [...(await generator.outputs(house))]))).flat();
    const stale = outputs.filter(([path, text]) => !house.has(path) || house.read(path) !== text);
    return {
      checked: outputs.length,
      findings: stale.map(([path]) => ({
        path,
        what: house.has(path) ? "is not what its generator writes" : "was never generated",
        fix: "pnpm generate",
      })),
    };
  },
};
