import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engineSteps } from "./model/commands.ts";
import type { Options } from "./model/model.ts";
import { peopleSteps } from "./model/people-commands.ts";
import { aWorld } from "./model/world.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";

/** Side by side, each on a database of its own: switches of the deployment and the overflow are everybody's. */
const walkers = 2;
const steps = 5200;
const stepsPerWorld = 120;
const worldsPerRound = 10;
const seconds = 1000;

const databases: LawDatabase[] = [];
beforeAll(async () => {
  while (databases.length < walkers) databases.push(await lawDatabase());
});
afterAll(() => Promise.all(databases.map((db) => db.drop())));

const options: fc.Arbitrary<Options> = fc.record({
  isCapped: fc.constantFrom(true, false, false),
  portfolioLimit: fc.constantFrom(null, null, 2, 3),
  isPaced: fc.constantFrom(false, false, false, false, true),
  isShaky: fc.constantFrom(false, false, false, true),
  isPriority: fc.boolean(),
});
const step = fc.oneof(...engineSteps, ...peopleSteps);

/** Random worlds until the steps are taken, however long the machine needs. A failure names its seed and its shortest path; `MODEL_SEED` runs it again. */
async function walk(db: LawDatabase, firstSeed: number): Promise<number> {
  const connections = { engine: await db.connect("engine"), verbs: await db.connect("verbs"), owner: await db.connect("owner") };
  let taken = 0;
  for (let seed = firstSeed; taken < steps; seed += walkers) {
    await fc.assert(
      fc.asyncProperty(options, fc.commands([step], { maxCommands: stepsPerWorld, size: "max" }), async (chosen, commands) => {
        const world = await aWorld(db, connections, chosen);
        await fc.asyncModelRun(() => world, commands);
        taken += world.model.steps;
      }),
      // shrinking goes on for this long, then it names the shortest path it found
      { numRuns: worldsPerRound, seed, interruptAfterTimeLimit: 90 * seconds },
    );
  }
  return taken;
}

test("random orders of everything that moves a message keep L1 to L9 after each of 10,000 steps", { timeout: 600 * seconds }, async () => {
  const firstSeed = Number(process.env["MODEL_SEED"] ?? Math.floor(Math.random() * 2 ** 30));
  const startMs = performance.now();
  const taken = await Promise.all(databases.map((db, index) => walk(db, firstSeed + index)));
  const all = taken.reduce((sum, one) => sum + one, 0);
  process.stdout.write(`model: ${all} steps in ${Math.round((performance.now() - startMs) / 1000)} s, first seed ${firstSeed}\n`);
  expect(all).toBeGreaterThanOrEqual(10_000);
});
