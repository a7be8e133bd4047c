import type { House } from "../house/house.ts";
import { allows, LAW, packageName, type RoomKind } from "../rooms/law.ts";
import type { Generator } from "./generators.ts";

/** `turbo.json` of the root (who may depend on which tag) and of every package (its tag), from the law. */
export const turboTags: Generator = {
  name: "turbo tags",
  outputs(house) {
    const packages = house.packages.filter((room) => room.folder !== "");
    const files = new Map<string, string>();
    for (const room of packages) {
      const kind = LAW[room.name]?.kind;
      if (kind) files.set(`${room.folder}/turbo.json`, json({ extends: ["//"], tags: [kind] }));
    }
    if (house.has("turbo.json")) {
      const root = JSON.parse(house.read("turbo.json")) as Record<string, unknown>;
      files.set("turbo.json", json({ ...root, boundaries: { tags: tagRules(house) } }));
    }
    return files;
  },
};

/**
 * Turbo judges a package by all it depends on, through others too, so a tag allows the closure of what its law allows.
 * It reads package.json, where devDependencies count: a test may use tooling. That the product does not is said by `pnpm rooms`.
 */
function tagRules(house: House): Record<string, { dependencies: { allow: string[] } }> {
  const kinds = [...new Set(Object.values(LAW).map((law) => law.kind))].filter((kind) => kind !== "tooling");
  const rule = (kind: RoomKind): string[] => [...new Set([...reachable(kind, house), "tooling"])].toSorted();
  return Object.fromEntries(kinds.map((kind) => [kind, { dependencies: { allow: rule(kind) } }]));
}

/** Kinds of the packages that packages of this kind may import, and those may import in turn. */
function reachable(kind: RoomKind, house: House, seen = new Set<RoomKind>()): Set<RoomKind> {
  const allowed = Object.values(LAW)
    .filter((law) => law.kind === kind)
    .flatMap((law) => [...law.values, ...law.types])
    .map(packageName);
  for (const room of house.packages) {
    const next = LAW[room.name]?.kind;
    if (next === undefined || seen.has(next) || !allows(allowed, room.name)) continue;
    reachable(next, house, seen.add(next));
  }
  return seen;
}

const LINE_WIDTH = 140;

/** Biome's layout of these small files: an array of strings stands on one line where it fits. */
function json(value: unknown): string {
  const spread = JSON.stringify(value, null, 2);
  const onOneLine = spread.replace(
    /^(?<start>.*)\[\s+(?<items>(?:"[^"]*",?\s*)+)\](?<end>,?)$/gm,
    (all, start: string, items: string, end: string) => {
      const line = `${start}[${items.trim().replace(/,\s+/g, ", ")}]${end}`;
      return line.length > LINE_WIDTH ? all : line;
    },
  );
  return `${onOneLine}\n`;
}
