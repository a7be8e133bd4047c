/** A piece of a document that stands for something outside it. */
export interface Mention {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

export interface Document {
  readonly path: string;
  readonly lines: readonly string[];
  /** `code spans` in running text and tables. */
  readonly spans: readonly Mention[];
  /** Lines of fenced blocks that a reader would type (sh, bash, console, or no language). */
  readonly commands: readonly Mention[];
  /** Targets of [text](target). */
  readonly links: readonly Mention[];
  /** GitHub's anchors of the headings. */
  readonly anchors: ReadonlySet<string>;
}

const FENCE = /^\s*```(?<language>\w*)/;
const TYPED = /^(?:sh|bash|console|shell|)$/;

/** Splits a Markdown text into what can be checked. */
export function readDocument(path: string, text: string): Document {
  const lines = text.split("\n");
  const spans: Mention[] = [];
  const commands: Mention[] = [];
  const links: Mention[] = [];
  const anchors = new Set<string>();
  let language: string | undefined;
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    const fence = FENCE.exec(content);
    if (fence) {
      language = language === undefined ? (fence.groups?.["language"] ?? "") : undefined;
    } else if (language === undefined) {
      const heading = /^#+\s+(?<title>.+)$/.exec(content)?.groups?.["title"];
      if (heading) anchors.add(anchor(heading));
      for (const match of content.matchAll(/`([^`]+)`/g)) spans.push({ text: match[1] ?? "", line });
      for (const match of content.replace(/`[^`]*`/g, "").matchAll(/\]\(([^)\s]+)\)/g)) links.push({ text: match[1] ?? "", line });
    } else if (TYPED.test(language)) {
      commands.push({
        text: content
          .replace(/\s#\s.*$/, "")
          .replace(/^\s*\$\s/, "")
          .trim(),
        line,
      });
    }
  }
  return { path, lines, spans, commands, links, anchors };
}

/** GitHub's rule: lower case, punctuation gone, spaces to hyphens. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}
