import type { Finding, Gate } from "../gate.ts";

/** One version of everything: packages say `catalog:`, pnpm-workspace.yaml says which. */
export const catalog: Gate = {
  name: "catalog",
  promise: "third-party dependencies say `catalog:`, workspace ones `workspace:*`, catalog versions are exact",
  run(house) {
    const local = new Set(house.packages.map((room) => room.name));
    const declared = house.packages.flatMap((room) =>
      [...room.dependencies, ...room.devDependencies].map(([name, specifier]) => ({ path: manifestOf(room.folder), name, specifier })),
    );
    const loose = declared.flatMap(({ path, name, specifier }): Finding[] => {
      const wanted = local.has(name) ? "workspace:*" : "catalog:";
      return specifier === wanted ? [] : [{ path, what: `${name} is "${specifier}"`, fix: `write "${wanted}"` }];
    });
    const inexact = catalogEntries(house.has(WORKSPACE) ? house.read(WORKSPACE) : "")
      .filter(({ version }) => !/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(version))
      .map(
        ({ name, version, line }): Finding => ({ path: WORKSPACE, line, what: `${name} is "${version}"`, fix: "pin one exact version" }),
      );
    return { checked: declared.length, findings: [...loose, ...inexact] };
  },
};

const WORKSPACE = "pnpm-workspace.yaml";

function manifestOf(folder: string): string {
  return folder === "" ? "package.json" : `${folder}/package.json`;
}

/** The `catalog:` block is flat, so two spaces and a colon are all its grammar. */
function catalogEntries(yaml: string): { name: string; version: string; line: number }[] {
  const lines = yaml.split("\n");
  let inside = false;
  return lines.flatMap((content, index) => {
    if (/^\S/.test(content)) inside = content.trim() === "catalog:";
    const match = inside ? /^ {2}"?(?<name>[^":]+)"?: *(?<version>[^#]*?) *(?:#.*)?$/.exec(content)?.groups : undefined;
    return match ? [{ name: match["name"] ?? "", version: match["version"] ?? "", line: index + 1 }] : [];
  });
}
