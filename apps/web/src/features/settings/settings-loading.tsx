import { PageHeader, Panel } from "@herald/ui/page-header";
import { Skeleton, SkeletonText } from "@herald/ui/skeleton";
import { wordsOf } from "../../words/reader.server.ts";
import classes from "./settings.module.css";

const lines = (count: number) => Array.from({ length: count }, (_, line) => line);

export function SettingsLoading() {
  const t = wordsOf("settings");
  return (
    <div className={classes.page}>
      <PageHeader title={t("title")} note={<Skeleton inlineSize="16rem" />} />
      <Panel title={t("panel")}>
        <div className={classes.form}>
          {lines(5).map((line) => (
            <div key={line} className={classes.pair}>
              <Skeleton inlineSize="8rem" />
              <Skeleton blockSize="2rem" />
              <SkeletonText lines={2} label={wordsOf("base")("loading")} />
            </div>
          ))}
        </div>
      </Panel>
    </div>
  );
}

export function MembersLoading() {
  const t = wordsOf("settings");
  return (
    <div className={classes.page}>
      <PageHeader title={t("members.title")} note={<Skeleton inlineSize="10rem" />} />
      <TableLoading title={t("members.title")} rows={4} />
      <TableLoading title={t("roles.panel")} rows={12} />
    </div>
  );
}

export function AuditLoading() {
  const t = wordsOf("settings");
  return (
    <div className={classes.page}>
      <PageHeader title={t("audit.title")} note={t("audit.note")} />
      <TableLoading title={t("audit.table")} rows={12} />
    </div>
  );
}

function TableLoading({ title, rows }: { readonly title: string; readonly rows: number }) {
  return (
    <Panel title={title}>
      <span role="status" aria-label={wordsOf("base")("loading")} />
      {lines(rows).map((line) => (
        <Skeleton key={line} blockSize="1.5rem" inlineSize={`${100 - ((line * 13) % 30)}%`} />
      ))}
    </Panel>
  );
}
