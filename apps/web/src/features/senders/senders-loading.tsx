import { PageHeader } from "@herald/ui/page-header";
import { Row, RowFrame } from "@herald/ui/rows";
import { Skeleton } from "@herald/ui/skeleton";
import { wordsOf } from "../../words/reader.server.ts";
import classes from "./senders.module.css";

/** Numbers in grey. */
export function SendersLoading() {
  const t = wordsOf("senders");
  return (
    <div className={classes.page}>
      <PageHeader title={t("title")} note={t("note")} />
      <span role="status" aria-label={wordsOf("base")("loading")} />
      <RowFrame as="ul" aria-hidden="true">
        {Array.from({ length: 3 }, (_, line) => (
          <Row key={line} className={classes.row}>
            {Array.from({ length: 5 }, (_, cell) => (
              <div key={cell} className={classes.cell}>
                <Skeleton inlineSize="80%" />
                <Skeleton inlineSize="55%" />
              </div>
            ))}
          </Row>
        ))}
      </RowFrame>
      <Skeleton blockSize="8rem" />
    </div>
  );
}

/** One number in grey. */
export function SenderLoading() {
  return (
    <div className={classes.page}>
      <span role="status" aria-label={wordsOf("base")("loading")} />
      <Skeleton inlineSize="min(20rem, 100%)" blockSize="2rem" />
      <div className={classes.two} aria-hidden="true">
        {Array.from({ length: 4 }, (_, stat) => (
          <Skeleton key={stat} blockSize="6rem" />
        ))}
      </div>
      <Skeleton blockSize="8rem" />
      <Skeleton blockSize="12rem" />
    </div>
  );
}
