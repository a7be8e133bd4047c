import classes from "./skeleton.module.css";

/** A grey shape where content will be. Sizes are CSS lengths; a screen's skeleton has the shape of what it waits for. */
export function Skeleton({
  inlineSize = "100%",
  blockSize = "0.75rem",
  isRound = false,
}: {
  readonly inlineSize?: string;
  readonly blockSize?: string;
  readonly isRound?: boolean;
}) {
  return <span aria-hidden="true" className={classes.skeleton} data-round={isRound || undefined} style={{ inlineSize, blockSize }} />;
}

/** Lines of text to come, the last one shorter. `label` is said once by screen readers ("Loading campaigns"). */
export function SkeletonText({ lines = 3, label }: { readonly lines?: number; readonly label: string }) {
  return (
    <span role="status" aria-label={label} className={classes.lines}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} inlineSize={line === lines - 1 ? "60%" : "100%"} />
      ))}
    </span>
  );
}
