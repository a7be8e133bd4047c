import { Skeleton, SkeletonText } from "@herald/ui/skeleton";
import classes from "../../../../../../../features/imports/imports.module.css";
import { wordsOf } from "../../../../../../../words/reader.server.ts";

export default function Loading() {
  return (
    <>
      <SkeletonText lines={2} label={wordsOf("imports")("skeletonOne")} />
      <Skeleton blockSize="6.75rem" />
      <div className={classes.sides}>
        <Skeleton blockSize="16rem" />
        <Skeleton blockSize="16rem" />
      </div>
    </>
  );
}
