import { Skeleton, SkeletonText } from "@herald/ui/skeleton";
import classes from "../../../../../../../features/wizard/frame/frame.module.css";
import { wordsOf } from "../../../../../../../words/reader.server.ts";

/** A step on its way: its title, and its two columns. */
export default function Loading() {
  return (
    <div className={classes.frame}>
      <Skeleton inlineSize="10rem" blockSize="1.75rem" />
      <Skeleton blockSize="8rem" />
      <SkeletonText lines={6} label={wordsOf("base")("loading")} />
    </div>
  );
}
