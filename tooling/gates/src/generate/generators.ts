import type { House } from "../house/house.ts";
import { lawTable } from "./law-table.ts";
import { turboTags } from "./turbo-tags.ts";

/** Something that writes files from something else in the repository. */
export interface Generator {
  readonly name: string;
  /** Path from the root → the text it must have. Writes nothing. */
  outputs(house: House): ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>>;
}

/** All of them. `pnpm generate` writes their outputs, the gate `generated` compares. */
export const GENERATORS: readonly Generator[] = [lawTable, turboTags];
