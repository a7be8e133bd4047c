import { PageHeader, Panel } from "@herald/ui/page-header";
import { Skeleton, SkeletonText } from "@herald/ui/skeleton";
import { wordsOf } from "../../words/reader.server.ts";
import list from "./contacts.module.css";
import person from "./person.module.css";

const rowCount = 12;

/** The list's own shape, while it is asked for. */
export function ContactsSkeleton() {
  const t = wordsOf("contacts");
  return (
    <div className={list.screen}>
      <PageHeader title={t("title")} />
      <div className={list.finding} role="status" aria-label={t("loading")}>
        <Skeleton inlineSize="min(26rem, 100%)" blockSize="2rem" />
        <Skeleton inlineSize="min(30rem, 100%)" blockSize="1.75rem" />
      </div>
      <div className={list.waiting}>
        {Array.from({ length: rowCount }, (_, line) => (
          <Skeleton key={line} inlineSize={`${90 - ((line * 13) % 40)}%`} />
        ))}
      </div>
    </div>
  );
}

/** A person's page, while it is asked for. */
export function ContactSkeleton() {
  const t = wordsOf("contacts");
  return (
    <div className={person.screen}>
      <PageHeader title={<Skeleton inlineSize="14rem" blockSize="1.5rem" />} note={<Skeleton inlineSize="8rem" />} />
      <div className={person.columns}>
        <Panel title={t("timeline.title")}>
          <SkeletonText lines={8} label={t("loading")} />
        </Panel>
        <div className={person.facts}>
          <Panel title={t("said.title")}>
            <SkeletonText lines={3} label={t("loading")} />
          </Panel>
          <Panel title={t("person.reach")}>
            <SkeletonText lines={2} label={t("loading")} />
          </Panel>
        </div>
      </div>
    </div>
  );
}
