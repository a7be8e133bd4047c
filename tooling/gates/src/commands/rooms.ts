import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findingLine } from "../gate.ts";
import { rooms } from "../gates/rooms.ts";
import { houseAt } from "../house/house.ts";
import { REPOSITORY } from "../house/tool.ts";
import { sourceFiles } from "../rooms/files.ts";
import { roomGraph } from "../rooms/graph.ts";
import { roomsTable, withTable } from "../rooms/table.ts";

/** `pnpm rooms`: prints the package graph; exit 1 unless it is lawful and equals ARCHITECTURE.md. `--write` records it there first. */
const map = join(REPOSITORY, "ARCHITECTURE.md");
const before = houseAt(REPOSITORY);
const table = roomsTable(roomGraph(before, sourceFiles(before)));
console.log(table);

if (process.argv.includes("--write")) writeFileSync(map, withTable(readFileSync(map, "utf8"), table));

const verdict = await rooms.run(houseAt(REPOSITORY));
for (const finding of verdict.findings) console.error(findingLine(finding));
console.log(
  verdict.findings.length === 0 ? `\n${verdict.checked} files, every import lawful, table equal` : `\n${verdict.findings.length} found`,
);
process.exitCode = verdict.findings.length === 0 ? 0 : 1;
