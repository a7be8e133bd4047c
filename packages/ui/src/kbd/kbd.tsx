import classes from "./kbd.module.css";

/** Keys to press together, as they are printed on a keyboard. */
export function Kbd({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className={classes.keys} aria-hidden="true">
      {keys.map((key) => (
        <kbd key={key} className={classes.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
