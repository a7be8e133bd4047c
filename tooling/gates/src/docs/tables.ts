import type { Finding } from "../gate.ts";
import type { House } from "../house/house.ts";
import type { Document } from "./markdown.ts";

const GLOSSARY = "docs/glossary.md";

/** In the glossary, a column headed "Tables" names tables of the migrations or collections of packages/mongo, and nothing else. */
export function judgeTables(house: House, document: Document): Finding[] {
  if (document.path !== GLOSSARY) return [];
  const known = knownTables(house);
  let column = -1;
  return document.lines.flatMap((content, index): Finding[] => {
    const cells = content.startsWith("|") ? content.split("|").slice(1, -1) : [];
    if (cells.length === 0) column = -1;
    const headed = cells.findIndex((cell) => cell.trim().toLowerCase() === "tables");
    if (headed !== -1) column = headed;
    const names = [...(cells[column] ?? "").matchAll(/`([a-z_]+)`/g)].map((match) => match[1] ?? "");
    return names
      .filter((name) => !known.has(name))
      .map((name) => ({
        path: GLOSSARY,
        line: index + 1,
        what: `names the table \`${name}\`, which no migration creates`,
        fix: "correct the row",
      }));
  });
}

function knownTables(house: House): Set<string> {
  const migrations = house.files.filter((path) => /^supabase\/migrations\/.*\.sql$/.test(path)).map((path) => house.read(path));
  const collections = house.files.filter((path) => /^packages\/mongo\/src\/.*\.ts$/.test(path)).map((path) => house.read(path));
  const created = migrations.flatMap((sql) =>
    [...sql.matchAll(/create\s+table\s+(?:if\s+not\s+exists\s+)?(?:\w+\.)?"?(\w+)"?/gi)].map((match) => match[1] ?? ""),
  );
  const named = collections.flatMap((text) => [...text.matchAll(/["']([a-z]+(?:_[a-z]+)*)["']/g)].map((match) => match[1] ?? ""));
  return new Set([...created, ...named]);
}
