import { err, ok, type Result } from "@herald/kernel";
import { type MalformedCsv, malformed } from "./problems.ts";

/** A web standard, in browsers and Node alike; declared here because a domain package loads neither's types. */
declare const TextDecoder: new (
  label: "utf-8",
  options?: { fatal: boolean },
) => { decode(bytes?: Uint8Array, options?: { stream: boolean }): string };

const saveAsUtf8 = "Save the file as “CSV UTF-8” and import it again.";
const headBytes = 4;
/** A part handed on is at most this long, so that what is derived from one part stays small. */
const maxPartLength = 65_536;

/** Text of an upload in parts, without a byte order mark; ends with a problem at the first bytes that are not UTF-8. */
export async function* decodeText(content: AsyncIterable<Uint8Array | string>): AsyncGenerator<Result<string, MalformedCsv>> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let linesBefore = 0;
  let isFirst = true;
  for await (const part of withWholeHead(content)) {
    if (part.length === 0) continue;
    if (isFirst && typeof part !== "string" && isWorkbook(part))
      return yield err(malformed(1, "The file is an Excel workbook, not CSV.", saveAsUtf8));
    if (isFirst && typeof part !== "string" && isUtf16(part)) return yield err(malformed(1, "The file is UTF-16, not UTF-8.", saveAsUtf8));
    isFirst = false;
    const text = typeof part === "string" ? part : decodePart(decoder, part);
    if (text === null) return yield err(malformed(linesBefore + lineOfFault(part), "The file is not UTF-8 text here.", saveAsUtf8));
    linesBefore += newlinesIn(text);
    for (let start = 0; start < text.length; start += maxPartLength) yield ok(text.slice(start, start + maxPartLength));
  }
  // bytes of a character that never came whole
  if (decodePart(decoder, null) === null) yield err(malformed(linesBefore + 1, "The file ends in the middle of a character.", saveAsUtf8));
}

/** The first part has at least the bytes by which a kind of file is known, if the file has as many. */
async function* withWholeHead(content: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array | string> {
  let head: Uint8Array | null = new Uint8Array(0);
  for await (const part of content) {
    if (head === null || typeof part === "string") {
      if (head !== null) yield head;
      head = null;
      yield part;
      continue;
    }
    const whole: Uint8Array = new Uint8Array(head.length + part.length);
    whole.set(head);
    whole.set(part, head.length);
    head = whole.length < headBytes ? whole : null;
    if (head === null) yield whole;
  }
  if (head !== null) yield head;
}

function decodePart(decoder: InstanceType<typeof TextDecoder>, part: Uint8Array | null): string | null {
  try {
    return part === null ? decoder.decode() : decoder.decode(part, { stream: true });
  } catch {
    return null;
  }
}

/** Decoded leniently, the first unreadable byte becomes U+FFFD: the lines up to there are counted. */
function lineOfFault(part: Uint8Array | string): number {
  const lenient = typeof part === "string" ? part : new TextDecoder("utf-8").decode(part);
  return newlinesIn(lenient.slice(0, Math.max(0, lenient.indexOf("\uFFFD")))) + 1;
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** ZIP, which .xlsx is, and the compound file that .xls is. */
const workbookHeads = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];
const isWorkbook = (bytes: Uint8Array): boolean => workbookHeads.some((head) => head.every((byte, at) => bytes[at] === byte));
const isUtf16 = (bytes: Uint8Array): boolean => (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
