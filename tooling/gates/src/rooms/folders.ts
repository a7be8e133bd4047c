import { ADAPTERS, allows, DOMAINS } from "./law.ts";

/** A law inside one package: what a folder may import beyond, or short of, what its package may. */
export interface FolderLaw {
  /** Files it binds, as a regular expression over paths from the root. */
  readonly files: RegExp;
  readonly except?: RegExp;
  /** True if the import breaks the law. `target` is the file a relative import leads to, else undefined. */
  readonly breaks: (specifier: string, target: string | undefined, from: string, typeOnly: boolean) => boolean;
  readonly why: string;
  readonly fix: string;
}

const COMPOSITION_ROOT = /^apps\/(?:web|worker)\/src\/container(?:\.ts|\/)/;
const CONTRACT_BARE = /^(?:node:|@temporalio\/|zod)/;
const DOOR_PACKAGES = ["@herald/kernel", ...DOMAINS, "zod", "next"];

/** The task folder under `features/` that a path lies in. */
function feature(path: string): string | undefined {
  return /^apps\/web\/src\/features\/([^/]+)\//.exec(path)?.[1];
}

export const FOLDER_LAWS: readonly FolderLaw[] = [
  {
    files: /^apps\/(?:web|worker)\/src\//,
    except: COMPOSITION_ROOT,
    breaks: (specifier, _target, _from, typeOnly) => !typeOnly && allows(ADAPTERS, specifier),
    why: "adapters are chosen in the composition root only",
    fix: "build it in src/container.ts and take the port as a value",
  },
  {
    files: /^apps\/web\/src\/app\/api\//,
    breaks: (specifier, target, from) =>
      target === undefined
        ? !allows(DOOR_PACKAGES, specifier)
        : !target.startsWith("apps/web/src/doors/") && !target.startsWith(`${from.slice(0, from.lastIndexOf("/"))}/`),
    why: "a route is a declaration: the door wrapper, one verb and its schemas",
    fix: "move the work into a verb of a domain, or into src/doors",
  },
  {
    files: /^apps\/web\/src\/features\//,
    breaks: (_specifier, target, from) => target !== undefined && feature(target) !== undefined && feature(target) !== feature(from),
    why: "features never import each other",
    fix: "lift what both need into packages/ui or a domain",
  },
  {
    files: /^apps\/web\/src\/doors\//,
    breaks: (_specifier, target) => target?.startsWith("apps/web/src/features/") ?? false,
    why: "a door knows no screen",
    fix: "move the shared rule into a domain",
  },
  {
    files: /^packages\/temporal\/src\/contract\//,
    breaks: (specifier, target) =>
      CONTRACT_BARE.test(specifier) || (target !== undefined && !target.startsWith("packages/temporal/src/contract/")),
    why: "the contract is bundled into workflow code: names and shapes, no SDK, no zod, no Node",
    fix: "move the code to packages/temporal/src/client or src/codec",
  },
];
