import { LAW, type RoomLaw } from "../rooms/law.ts";
import type { Generator } from "./generators.ts";

const MAP = "ARCHITECTURE.md";
const BEGIN = "<!-- law:begin (pnpm generate) -->";
const END = "<!-- law:end -->";

/** The import law as a table for readers, inside ARCHITECTURE.md. */
export const lawTable: Generator = {
  name: "law table",
  outputs(house) {
    const map = house.has(MAP) ? house.read(MAP) : "";
    const [before, rest] = map.split(BEGIN);
    // A map that has lost its block gets it back at the end, so losing it is seen as being stale.
    const after = rest === undefined ? "\n" : rest.slice(rest.indexOf(END) + END.length);
    return new Map([[MAP, `${before}${BEGIN}\n${table()}\n${END}${after}`]]);
  },
};

function table(): string {
  const rows = new Map<string, string[]>();
  for (const [name, law] of Object.entries(LAW)) {
    const cells = [permissions(law), law.never].join(" | ");
    rows.set(cells, [...(rows.get(cells) ?? []), short(name)]);
  }
  return [
    "| from | may import | never |",
    "|---|---|---|",
    ...[...rows].map(([cells, names]) => `| ${names.join(", ")} | ${cells} |`),
  ].join("\n");
}

function permissions(law: RoomLaw): string {
  const values = law.values.map(short);
  const types = law.types.map((name) => `${short(name)} (types)`);
  const foreign = law.thirdParty === "declared" ? ["what its package.json declares"] : law.thirdParty.map((name) => `\`${name}\``);
  const node = law.node && law.thirdParty !== "declared" ? ["Node"] : [];
  return [...values, ...types, ...foreign, ...node].join(", ") || "–";
}

function short(name: string): string {
  return name.replace("@herald/", "");
}
