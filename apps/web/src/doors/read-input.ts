import { err, type InvalidInput, type NotFound, notFound, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import type { BodyFailure, BodyReader, ReadBody } from "./body.ts";
import { parseInput, queryOf } from "./parse.ts";

const none = z.strictObject({});
const ignoredBody: ReadBody<undefined> = { value: undefined, hash: "", dispose: async () => {} };

/** An id in a path that cannot be one answers like an id that nobody has: `blockId` names a block. `resource`: of a path without such a part. */
export function readParams<Params>(schema: z.ZodType<Params> | undefined, raw: unknown, resource: string): Result<Params, NotFound> {
  const parsed = (schema ?? none).safeParse(raw ?? {});
  // without a schema, Params is not asked for by the declaration
  if (parsed.success) return ok(parsed.data as Params);
  const [part] = parsed.error.issues[0]?.path ?? [];
  return err(notFound(typeof part === "string" && part.endsWith("Id") ? part.slice(0, -"Id".length) : resource));
}

/** Without a schema nothing is taken: an unknown member of a query is a mistake that its author wants to hear of. */
export function readQuery<Query>(schema: z.ZodType<Query> | undefined, request: Request): Result<Query, InvalidInput> {
  const parsed = parseInput(schema ?? none, queryOf(request.url), "query");
  return parsed.ok ? ok(parsed.value as Query) : parsed;
}

export async function readBody<Body>(reader: BodyReader<Body> | undefined, request: Request): Promise<Result<ReadBody<Body>, BodyFailure>> {
  return reader ? reader.read(request) : ok(ignoredBody as ReadBody<Body>);
}
