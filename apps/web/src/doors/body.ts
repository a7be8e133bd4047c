import { createHash } from "node:crypto";
import { err, type InvalidInput, ok, type Result } from "@herald/kernel";
import type { z } from "zod";
import type { BodyTooLarge, MalformedBody } from "./failures.ts";
import { parseInput } from "./parse.ts";
import { type Spool, spool } from "./spool.ts";

export type BodyFailure = MalformedBody | BodyTooLarge | InvalidInput;
export type ReadBody<Body> = {
  readonly value: Body;
  /** SHA-256 of what was sent; compared when a request is repeated. */
  readonly hash: string;
  readonly dispose: () => Promise<void>;
};
/** How a door takes its body, and how much of it. */
export type BodyReader<Body> = { readonly read: (request: Request) => Promise<Result<ReadBody<Body>, BodyFailure>> };

const defaultMaxBytes = 256_000;
const nothingToDispose = async (): Promise<void> => {};

/** JSON of a known shape. An empty body reads as `{}`, so that a door whose members are all optional needs none. */
export function json<Body>(
  schema: z.ZodType<Body>,
  limits: { readonly maxBytes: number } = { maxBytes: defaultMaxBytes },
): BodyReader<Body> {
  return { read: (request) => readText(request, limits.maxBytes, (text) => parseText(schema, text)) };
}

/** JSON, or a form as pusher-js sends it. */
export function jsonOrForm<Body>(schema: z.ZodType<Body>): BodyReader<Body> {
  return {
    read: (request) => {
      const isForm = request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
      const parseForm = (text: string) => parseInput(schema, Object.fromEntries(new URLSearchParams(text)), "body");
      return readText(request, defaultMaxBytes, isForm ? parseForm : (text) => parseText(schema, text));
    },
  };
}

/** A file as the raw body, kept outside memory until the door is done: a slow client must not hold a transaction open. */
export function upload(mediaType: string, limits: { readonly maxBytes: number }): BodyReader<Spool> {
  return {
    read: async (request) => {
      if (!request.headers.get("content-type")?.startsWith(mediaType)) return err({ type: "malformed_body", expected: mediaType });
      const hash = createHash("sha256");
      const file = await spool(limited(request, limits.maxBytes, (part) => hash.update(part)));
      return file.ok ? ok({ value: file.value, hash: hash.digest("hex"), dispose: file.value.dispose }) : file;
    },
  };
}

/** The bytes as they came, whole. */
export async function readRaw(request: Request, maxBytes: number): Promise<Result<Uint8Array, BodyTooLarge>> {
  const parts: Uint8Array[] = [];
  for await (const part of limited(request, maxBytes)) {
    if (!part.ok) return part;
    parts.push(part.value);
  }
  return ok(Buffer.concat(parts));
}

/** Stops reading at the limit, whatever the length header said. */
async function* limited(
  request: Request,
  maxBytes: number,
  onPart?: (part: Uint8Array) => void,
): AsyncGenerator<Result<Uint8Array, BodyTooLarge>> {
  const tooLarge: BodyTooLarge = { type: "body_too_large", maxBytes };
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return yield err(tooLarge);
  let bytes = 0;
  for await (const part of request.body ?? []) {
    bytes += part.byteLength;
    if (bytes > maxBytes) return yield err(tooLarge);
    onPart?.(part);
    yield ok(part);
  }
}

async function readText<Body>(
  request: Request,
  maxBytes: number,
  parse: (text: string) => Result<Body, MalformedBody | InvalidInput>,
): Promise<Result<ReadBody<Body>, BodyFailure>> {
  const raw = await readRaw(request, maxBytes);
  if (!raw.ok) return raw;
  const parsed = parse(new TextDecoder().decode(raw.value));
  if (!parsed.ok) return parsed;
  return ok({ value: parsed.value, hash: createHash("sha256").update(raw.value).digest("hex"), dispose: nothingToDispose });
}

function parseText<Body>(schema: z.ZodType<Body>, text: string): Result<Body, MalformedBody | InvalidInput> {
  try {
    return parseInput(schema, text === "" ? {} : JSON.parse(text), "body");
  } catch {
    return err({ type: "malformed_body", expected: "JSON" });
  }
}
