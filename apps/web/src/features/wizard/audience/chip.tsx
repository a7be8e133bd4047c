import { X } from "lucide-react";
import classes from "./audience.module.css";

/** Something that is chosen, and the way to take it back. */
export function Chip({
  text,
  detail,
  removeLabel,
  onRemove,
}: {
  readonly text: string;
  readonly detail: string;
  readonly removeLabel: string;
  readonly onRemove: () => void;
}) {
  return (
    <li className={classes.chip}>
      <span className={classes.chipText}>{text}</span>
      {detail === "" ? null : <span className={classes.chipDetail}>{detail}</span>}
      <button type="button" className={classes.chipRemove} aria-label={removeLabel} onClick={onRemove}>
        <X size={14} />
      </button>
    </li>
  );
}
