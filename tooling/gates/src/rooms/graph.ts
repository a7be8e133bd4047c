import type { Finding } from "../gate.ts";
import type { House } from "../house/house.ts";
import type { SourceFile } from "./files.ts";
import { LAW, packageName } from "./law.ts";

/** What one package really imports from the workspace, by how. */
export interface RoomRow {
  readonly name: string;
  readonly values: readonly string[];
  /** Named by types only. */
  readonly types: readonly string[];
  /** Seen in tests only. */
  readonly tests: readonly string[];
}

/** The real package graph, one row per package that has a source file. */
export function roomGraph(house: House, files: readonly SourceFile[]): RoomRow[] {
  return house.packages
    .filter((room) => files.some((file) => file.room.name === room.name))
    .map((room) => {
      const own = files.filter((file) => file.room.name === room.name);
      const values = imported(
        own.filter((file) => !file.isTest),
        false,
      );
      const types = without(
        imported(
          own.filter((file) => !file.isTest),
          true,
        ),
        values,
      );
      const tests = without([...imported(own, false), ...imported(own, true)], values, types);
      return { name: short(room.name), values, types, tests };
    });
}

function imported(files: readonly SourceFile[], typeOnly: boolean): string[] {
  const names = files.flatMap((file) =>
    file.imports
      .filter(
        (found) => found.typeOnly === typeOnly && found.specifier.startsWith("@herald/") && packageName(found.specifier) !== file.room.name,
      )
      .map((found) => short(packageName(found.specifier))),
  );
  return [...new Set(names)].toSorted();
}

function without(names: readonly string[], ...seen: readonly (readonly string[])[]): string[] {
  const known = new Set(seen.flat());
  return [...new Set(names)].filter((name) => !known.has(name)).toSorted();
}

function short(name: string): string {
  return name.replace("@herald/", "");
}

/** Packages without a place in the law, and packages the law names that are gone. */
export function judgeRooms(house: House): Finding[] {
  const present = new Set(house.packages.map((room) => room.name));
  const homeless = house.packages
    .filter((room) => room.folder !== "" && LAW[room.name] === undefined)
    .map(
      (room): Finding => ({
        path: `${room.folder}/package.json`,
        what: `${room.name} has no place in the law`,
        fix: "say in tooling/gates/src/rooms/law.ts what it is and what it may import",
      }),
    );
  const ghosts = Object.keys(LAW)
    .filter((name) => !present.has(name))
    .map(
      (name): Finding => ({ path: "tooling/gates/src/rooms/law.ts", what: `names ${name}, which does not exist`, fix: "remove its entry" }),
    );
  return [...homeless, ...ghosts];
}

/** Declared workspace dependencies that go round in a circle: nobody can be understood first. */
export function judgeCircles(house: House): Finding[] {
  const needs = new Map(house.packages.map((room) => [room.name, [...room.dependencies.keys(), ...room.devDependencies.keys()]]));
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    (needs.get(from) ?? []).some((next) => next === to || (needs.has(next) && !seen.has(next) && reaches(next, to, seen.add(next))));
  return house.packages
    .filter((room) => reaches(room.name, room.name, new Set()))
    .map((room) => ({
      path: `${room.folder}/package.json`,
      what: `${room.name} depends on itself through others`,
      fix: "break the circle",
    }));
}
