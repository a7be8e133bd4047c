import { Skeleton, SkeletonText } from "@herald/ui/skeleton";
import { wordsOf } from "../../words/reader.server.ts";
import classes from "./live.module.css";

/** The shape of the overview: the head above it is there already. */
export function OverviewSkeleton() {
  const t = wordsOf("live");
  return (
    <div className={classes.overview}>
      <Skeleton inlineSize="60%" blockSize="1rem" />
      <div className={classes.wide}>
        <Skeleton blockSize="17rem" />
      </div>
      <Skeleton blockSize="17rem" />
      <div className={classes.wide}>
        <SkeletonText lines={4} label={t("loading")} />
      </div>
      <SkeletonText lines={4} label={t("loading")} />
    </div>
  );
}
