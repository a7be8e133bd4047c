import classes from "./avatar.module.css";

/** Initials on a quiet ground; the name is text beside it or `label`. */
export function Avatar({
  name,
  size = "medium",
  label,
}: {
  readonly name: string;
  readonly size?: "small" | "medium" | "large";
  readonly label?: string;
}) {
  return (
    <span className={classes.avatar} data-size={size} {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}>
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => firstLetter(word ?? ""))
    .join("")
    .toLocaleUpperCase();
}

/** As a reader counts letters: an accent or a joined emoji stays with what it belongs to. */
function firstLetter(word: string): string {
  const [first] = new Intl.Segmenter().segment(word);
  return first?.segment ?? "";
}
