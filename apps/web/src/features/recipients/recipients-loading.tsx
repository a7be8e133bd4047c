import { Skeleton, SkeletonText } from "@herald/ui/skeleton";
import { wordsOf } from "../../words/reader.server.ts";
import classes from "./recipients.module.css";

const rows = 12;

/** The list's own shape: search, filters, rows. */
export function RecipientsLoading() {
  const t = wordsOf("recipients");
  return (
    <div className={classes.tab} role="status" aria-label={t("loading")}>
      <div className={classes.bar}>
        <Skeleton inlineSize="16rem" blockSize="2rem" />
        <Skeleton inlineSize="7rem" blockSize="2rem" />
      </div>
      <div className={classes.waiting}>
        {Array.from({ length: rows }, (_, row) => (
          <span key={row} className={classes.waitingRow}>
            <Skeleton inlineSize={`${70 - ((row * 17) % 30)}%`} />
            <Skeleton inlineSize="60%" />
            <Skeleton inlineSize="5rem" blockSize="1.25rem" />
          </span>
        ))}
      </div>
    </div>
  );
}

/** The shape of one recipient's why: who, the deciding fact, the timeline. */
export function WhyLoading() {
  const t = wordsOf("recipients");
  return (
    <div className={classes.tab}>
      <Skeleton inlineSize="14rem" blockSize="1.5rem" />
      <div className={classes.waitingFact}>
        <SkeletonText lines={2} label={t("loadingWhy")} />
      </div>
      <div className={classes.waiting}>
        {Array.from({ length: 8 }, (_, row) => (
          <span key={row} className={classes.waitingRow}>
            <Skeleton inlineSize="4rem" />
            <Skeleton inlineSize={`${80 - ((row * 13) % 40)}%`} />
          </span>
        ))}
      </div>
    </div>
  );
}
