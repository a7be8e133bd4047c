import { refusal, type ScriptRewriter } from "./commands.ts";
import type { ConnectionPool } from "./connection.ts";
import { type Command, RespError, type RespValue } from "./resp.ts";

/** An answer of the REST interface: https://upstash.com/docs/redis/features/restapi */
export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface RestRequest {
  /** Path segments, decoded: [] for the single-command form, ["pipeline"], ["multi-exec"], or a command spelled in the path. */
  readonly segments: readonly string[];
  /** The body's text, "" when there is none. */
  readonly body: string;
  /** The client asked for base64 strings (header `Upstash-Encoding`): values that are not UTF-8 then survive JSON. */
  readonly isBase64: boolean;
}

interface Redis {
  readonly pool: ConnectionPool;
  readonly scripts: ScriptRewriter;
}

export async function answerRest(redis: Redis, request: RestRequest): Promise<RestAnswer> {
  const [first] = request.segments;
  if (first === "pipeline") return pipeline(redis, request);
  if (first === "multi-exec") return transaction(redis, request);
  return single(redis, request);
}

async function single({ pool, scripts }: Redis, { segments, body, isBase64 }: RestRequest): Promise<RestAnswer> {
  const command = segments.length > 0 ? [...segments, ...(body === "" ? [] : [body])] : parseJson(body);
  if (!isCommand(command)) return failed("ERR failed to parse command");
  const refused = refusal(command);
  if (refused !== undefined) return failed(refused);
  const [reply = null] = await pool.send([scripts.rewrite(command)]);
  return reply instanceof RespError ? failed(reply.message) : { status: 200, body: { result: encode(reply, isBase64) } };
}

/** Each command has its own outcome; a refused one does not stop the others. */
async function pipeline({ pool, scripts }: Redis, { body, isBase64 }: RestRequest): Promise<RestAnswer> {
  const commands = parseJson(body);
  if (!isCommandList(commands)) return failed("ERR failed to parse pipeline request");
  const refusals = commands.map(refusal);
  const replies = await pool.send(commands.filter((_, index) => refusals[index] === undefined).map((command) => scripts.rewrite(command)));
  const results = refusals.map((refused) => (refused === undefined ? outcome(replies.shift() ?? null, isBase64) : { error: refused }));
  return { status: 200, body: results };
}

/** All or nothing: a command that cannot be queued fails the whole request. */
async function transaction({ pool, scripts }: Redis, { body, isBase64 }: RestRequest): Promise<RestAnswer> {
  const commands = parseJson(body);
  if (!isCommandList(commands)) return failed("ERR failed to parse multi-exec request");
  const refused = commands.map(refusal).find((error) => error !== undefined);
  if (refused !== undefined) return failed(refused);
  const replies = await pool.send([["MULTI"], ...commands.map((command) => scripts.rewrite(command)), ["EXEC"]]);
  const executed = replies.at(-1) ?? null;
  if (executed instanceof RespError) {
    const cause = replies.find((reply): reply is RespError => reply instanceof RespError);
    return failed((cause ?? executed).message);
  }
  return { status: 200, body: (executed as readonly RespValue[]).map((reply) => outcome(reply, isBase64)) };
}

function failed(error: string): RestAnswer {
  return { status: 400, body: { error } };
}

function outcome(reply: RespValue, isBase64: boolean): { result: unknown } | { error: string } {
  return reply instanceof RespError ? { error: reply.message } : { result: encode(reply, isBase64) };
}

function encode(value: RespValue, isBase64: boolean): unknown {
  if (value === null || typeof value === "number") return value;
  if (value instanceof RespError) return { error: value.message };
  if (Buffer.isBuffer(value)) return value.toString(isBase64 ? "base64" : "utf8");
  return value.map((item) => encode(item, isBase64));
}

function isCommand(value: unknown): value is Command {
  return Array.isArray(value) && value.length > 0;
}

function isCommandList(value: unknown): value is Command[] {
  return Array.isArray(value) && value.length > 0 && value.every(isCommand);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
