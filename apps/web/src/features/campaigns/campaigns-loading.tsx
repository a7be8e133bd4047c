import { PageHeader } from "@herald/ui/page-header";
import { Row, RowFrame } from "@herald/ui/rows";
import { Skeleton } from "@herald/ui/skeleton";
import { wordsOf } from "../../words/reader.server.ts";
import classes from "./campaigns.module.css";

/** The list's own shape in grey. */
export function CampaignsLoading() {
  const t = wordsOf("campaigns");
  return (
    <div className={classes.page}>
      <PageHeader title={t("title")} />
      <span role="status" aria-label={wordsOf("base")("loading")} />
      <Skeleton inlineSize="min(28rem, 100%)" blockSize="2rem" />
      <Skeleton inlineSize="min(40rem, 100%)" blockSize="1.75rem" />
      <RowFrame as="ul" aria-hidden="true">
        {Array.from({ length: 8 }, (_, line) => (
          <Row key={line} className={classes.row}>
            <div className={classes.what}>
              <Skeleton inlineSize={`${70 - ((line * 17) % 30)}%`} />
              <Skeleton inlineSize="50%" />
            </div>
            <div className={classes.standing}>
              <Skeleton inlineSize="6rem" blockSize="1.25rem" />
            </div>
            <div className={classes.done}>
              <Skeleton />
            </div>
            <div className={classes.facts}>
              <Skeleton inlineSize="80%" />
            </div>
            <div />
          </Row>
        ))}
      </RowFrame>
    </div>
  );
}
