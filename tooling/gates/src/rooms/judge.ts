import { isBuiltin } from "node:module";
import type { Finding } from "../gate.ts";
import type { Import } from "../house/imports.ts";
import { packageOf, type WorkspacePackage } from "../house/packages.ts";
import { relativeTarget, type SourceFile } from "./files.ts";
import { FOLDER_LAWS } from "./folders.ts";
import { allows, LAW, packageName } from "./law.ts";

/** Everything that is wrong with the imports of one file. */
export function judgeFile(file: SourceFile, packages: readonly WorkspacePackage[]): Finding[] {
  return file.imports.flatMap((found) => {
    const problem = judgeImport(file, found, packages);
    return problem ? [{ path: file.path, line: found.line, what: `imports "${found.specifier}": ${problem.why}`, fix: problem.fix }] : [];
  });
}

interface Problem {
  readonly why: string;
  readonly fix: string;
}

function judgeImport(file: SourceFile, found: Import, packages: readonly WorkspacePackage[]): Problem | undefined {
  const target = relativeTarget(file.path, found.specifier);
  if (target !== undefined) return leavesRoom(file, target, packages) ?? breaksFolderLaw(file, found, target);
  if (isBuiltin(found.specifier)) return breaksNodeLaw(file, found) ?? breaksFolderLaw(file, found, undefined);
  if (/^(?:@\/|~|#|\/)/.test(found.specifier)) return { why: "path aliases hide which room a file is in", fix: "use a relative path" };
  const breaksLaw = found.specifier.startsWith("@herald/") ? breaksRoomLaw(file, found, packages) : breaksThirdPartyLaw(file, found);
  return breaksLaw ?? isUndeclared(file, found.specifier) ?? breaksFolderLaw(file, found, undefined);
}

function leavesRoom(file: SourceFile, target: string, packages: readonly WorkspacePackage[]): Problem | undefined {
  const owner = packageOf(packages, target);
  if (owner?.name === file.room.name) return undefined;
  return { why: `the path leaves ${file.room.name}`, fix: `import ${owner?.name ?? "a package"} by its name` };
}

function breaksNodeLaw(file: SourceFile, found: Import): Problem | undefined {
  if (file.isTest || LAW[file.room.name]?.node !== false) return undefined;
  return {
    why: `${file.room.name} is pure: ${found.specifier} is Node`,
    fix: "take what it does as a port, or move the file to an adapter",
  };
}

function isUndeclared(file: SourceFile, specifier: string): Problem | undefined {
  const name = packageName(specifier);
  const { dependencies, devDependencies } = file.room;
  const tool = LAW[file.room.name]?.kind === "tooling";
  if (name === file.room.name || dependencies.has(name) || ((file.isTest || tool) && devDependencies.has(name))) return undefined;
  if (devDependencies.has(name))
    return { why: `${name} is a devDependency, this is product code`, fix: "move it to dependencies, or the import to a test" };
  return { why: `${name} is not declared`, fix: `add it to ${file.room.folder}/package.json` };
}

function breaksRoomLaw(file: SourceFile, found: Import, packages: readonly WorkspacePackage[]): Problem | undefined {
  const name = packageName(found.specifier);
  const target = packages.find((candidate) => candidate.name === name);
  if (!target) return { why: "no such package in the workspace", fix: "correct the name" };
  const subpath = `.${found.specifier.slice(name.length)}`;
  if (!target.exports.has(subpath))
    return { why: `${name} exports no "${subpath}"`, fix: `use one of: ${[...target.exports.keys()].join(", ")}` };
  const law = LAW[file.room.name];
  if (file.isTest || law === undefined || name === file.room.name) return undefined;
  if (LAW[name]?.kind === "tooling" && law.kind !== "tooling")
    return { why: "the product never imports tooling", fix: "move the import to a test" };
  if (subpath === "./testing") return { why: "a conformance suite is for tests", fix: "move the import to a test" };
  if (allows(law.values, found.specifier)) return undefined;
  if (!allows(law.types, found.specifier))
    return { why: `${law.kind} code may not know ${name}; never: ${law.never}`, fix: "speak through a port" };
  return found.typeOnly
    ? undefined
    : { why: `${law.kind} code may name only types of ${name}`, fix: "write `import type`, or move the function to where both may see it" };
}

function breaksThirdPartyLaw(file: SourceFile, found: Import): Problem | undefined {
  const law = LAW[file.room.name];
  const name = packageName(found.specifier);
  if (file.isTest || law === undefined || law.thirdParty === "declared" || law.thirdParty.includes(name)) return undefined;
  return { why: `${law.kind} code may use ${list(law.thirdParty)} only`, fix: "move the code to the adapter that owns this SDK" };
}

function breaksFolderLaw(file: SourceFile, found: Import, target: string | undefined): Problem | undefined {
  if (file.isTest) return undefined;
  return FOLDER_LAWS.find(
    (law) =>
      law.files.test(file.path) && law.except?.test(file.path) !== true && law.breaks(found.specifier, target, file.path, found.typeOnly),
  );
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "no third-party module" : names.join(", ");
}
