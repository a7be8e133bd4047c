import type { ReactNode } from "react";

/** WhatsApp's marks: *bold*, _italic_, ~struck~, ```mono``` (and `mono`). A mark counts only when it hugs its text. */
const MARKS = /```([\s\S]+?)```|`([^`\n]+)`|\*(\S(?:[^*\n]*\S)?)\*|_(\S(?:[^_\n]*\S)?)_|~(\S(?:[^~\n]*\S)?)~/g;

export function formattedText(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push(marked(match, match.index));
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

function marked([, block, mono, bold, italic, struck]: RegExpMatchArray, key: number): ReactNode {
  if (bold !== undefined) return <strong key={key}>{formattedText(bold)}</strong>;
  if (italic !== undefined) return <em key={key}>{formattedText(italic)}</em>;
  if (struck !== undefined) return <s key={key}>{formattedText(struck)}</s>;
  return <code key={key}>{block ?? mono}</code>;
}
