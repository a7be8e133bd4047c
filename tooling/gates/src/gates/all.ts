import type { Gate } from "../gate.ts";
import { boundaries } from "./boundaries.ts";
import { catalog } from "./catalog.ts";
import { docs } from "./docs.ts";
import { env } from "./env.ts";
import { format } from "./format.ts";
import { generated } from "./generated.ts";
import { lint } from "./lint.ts";
import { rooms } from "./rooms.ts";
import { sizes } from "./sizes.ts";
import { types } from "./types.ts";
import { unused } from "./unused.ts";
import { words } from "./words.ts";

/** Every gate, the slowest first so that two cores end at about the same time. */
export const GATES: readonly Gate[] = [types, lint, unused, rooms, format, boundaries, sizes, generated, docs, env, catalog, words];
