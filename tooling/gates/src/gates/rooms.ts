import type { Finding, Gate } from "../gate.ts";
import { judgeWorkflowBundle } from "../rooms/bundle.ts";
import { sourceFiles } from "../rooms/files.ts";
import { judgeCircles, judgeRooms, roomGraph } from "../rooms/graph.ts";
import { judgeFile } from "../rooms/judge.ts";
import { recordedTable, roomsTable, tableDifference } from "../rooms/table.ts";

const MAP = "ARCHITECTURE.md";

/** The import law on every import there is, and the package graph against the table in ARCHITECTURE.md. */
export const rooms: Gate = {
  name: "rooms",
  promise: "every import is allowed by the law, and ARCHITECTURE.md shows the graph as it is",
  run(house) {
    const files = sourceFiles(house);
    const lawless = [
      ...judgeRooms(house),
      ...judgeCircles(house),
      ...files.flatMap((file) => judgeFile(file, house.packages)),
      ...judgeWorkflowBundle(files, house.packages),
    ];
    const recorded = house.has(MAP) ? recordedTable(house.read(MAP)) : undefined;
    return { checked: files.length, findings: [...lawless, ...judgeTable(recorded, roomsTable(roomGraph(house, files)))] };
  },
};

function judgeTable(recorded: string | undefined, real: string): Finding[] {
  const fix = "if the new graph is meant, `pnpm rooms --write` and commit the row with its reason";
  if (recorded === undefined) return [{ path: MAP, what: "has no rooms table between its markers", fix }];
  return tableDifference(recorded, real).map((row) => ({ path: MAP, what: `rooms table differs: ${row}`, fix }));
}
