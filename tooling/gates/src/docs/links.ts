import { posix } from "node:path";
import type { Finding } from "../gate.ts";
import type { House } from "../house/house.ts";
import { type Document, readDocument } from "./markdown.ts";

/** Relative links lead to a file or folder, and their #anchor to a heading in it. The open internet is not asked. */
export function judgeLinks(house: House, document: Document): Finding[] {
  return document.links.flatMap(({ text, line }): Finding[] => {
    if (/^[a-z]+:/.test(text)) return [];
    const [file = "", fragment] = text.split("#");
    const target = file === "" ? document.path : posix.normalize(posix.join(posix.dirname(document.path), file)).replace(/\/$/, "");
    if (!house.has(target) && !house.files.some((path) => path.startsWith(`${target}/`))) {
      return [{ path: document.path, line, what: `links to ${text}, which does not exist`, fix: "correct the link" }];
    }
    if (!fragment || !target.endsWith(".md")) return [];
    const { anchors } = target === document.path ? document : readDocument(target, house.read(target));
    return anchors.has(fragment)
      ? []
      : [{ path: document.path, line, what: `links to ${text}, but ${target} has no such heading`, fix: "correct the anchor" }];
  });
}
