import { err, ok, type Result } from "@herald/kernel";
import { type GraphError, parameterError } from "./errors.ts";

/** A node's fields, each worked out only when asked for. `id` is always in the answer. */
export type Node = {
  readonly id: string;
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly defaults: readonly string[];
};

/**
 * Picks what `?fields=` names, as Graph does: the node's defaults without it, an error for a field the node has not. Sub-selections
 * (`throughput{level}`) are accepted and answer the field whole.
 */
export function pickFields(node: Node, requested: string | null): Result<Record<string, unknown>, GraphError> {
  const names = requested === null || requested === "" ? node.defaults : requested.replace(/\{[^{}]*\}/g, "").split(",");
  const picked: Record<string, unknown> = {};
  for (const name of names.map((each) => each.trim())) {
    if (name === "id") continue;
    if (!Object.hasOwn(node.fields, name))
      return err(parameterError(`Tried accessing nonexisting field (${name}) on node type (${node.type})`));
    picked[name] = node.fields[name];
  }
  return ok({ ...picked, id: node.id });
}
