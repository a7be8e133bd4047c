import { Badge, type Tone } from "@herald/ui/badge";
import { EmptyState } from "@herald/ui/empty-state";
import { Panel } from "@herald/ui/page-header";
import { CircleAlert, CircleCheck, Clock, FileText, OctagonX } from "lucide-react";
import { readFormatter, wordsOf } from "../../words/reader.server.ts";
import { mostTemplates, type TemplateLine } from "./load-senders.ts";
import type { Sender } from "./sender-standing.ts";
import classes from "./senders.module.css";

const statuses = [
  "APPROVED",
  "PENDING",
  "REJECTED",
  "PAUSED",
  "DISABLED",
  "IN_APPEAL",
  "PENDING_DELETION",
  "DELETED",
  "LIMIT_EXCEEDED",
] as const;
const categories = ["MARKETING", "UTILITY", "AUTHENTICATION"] as const;
type Look = { readonly tone: Tone; readonly Icon: typeof CircleCheck };
const looks: Readonly<Record<string, Look>> = {
  APPROVED: { tone: "ok", Icon: CircleCheck },
  PENDING: { tone: "info", Icon: Clock },
  IN_APPEAL: { tone: "info", Icon: Clock },
  PAUSED: { tone: "warn", Icon: CircleAlert },
};
const refused: Look = { tone: "bad", Icon: OctagonX };

/** What the account may send, as Meta lists it. */
export async function Templates({
  templates,
  source,
  nowMs,
}: {
  readonly templates: readonly TemplateLine[];
  readonly source: Sender["source"];
  readonly nowMs: number;
}) {
  const t = wordsOf("senders");
  const format = await readFormatter();
  const ago = (iso: string): string => format.relativeTime(new Date(iso), new Date(nowMs));
  return (
    <Panel title={t("templates.title")} end={<span className={classes.faint}>{t("templates.count", { count: templates.length })}</span>}>
      <p className={classes.faint}>
        {source.templatesSyncedAt === null ? t("templates.neverSynced") : t("templates.synced", { ago: ago(source.templatesSyncedAt) })}{" "}
        {source.templatesProblem === null ? null : t("templates.problem", { problem: source.templatesProblem })}{" "}
        {templates.length === mostTemplates ? t("templates.moreThan", { count: mostTemplates }) : null}
      </p>
      {templates.length === 0 ? (
        <EmptyState icon={<FileText size={20} />} title={t("templates.none")}>
          {t("templates.noneText")}
        </EmptyState>
      ) : (
        <div role="group" className={classes.scroll} tabIndex={0} aria-label={t("templates.title")}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t("templates.name")}</th>
                <th scope="col">{t("templates.language")}</th>
                <th scope="col">{t("templates.category")}</th>
                <th scope="col">{t("templates.status")}</th>
                <th scope="col">{t("templates.syncedColumn")}</th>
              </tr>
            </thead>
            <tbody>
              {templates.map((template) => {
                const known = statuses.find((one) => one === template.status);
                const category = categories.find((one) => one === template.category);
                const { tone, Icon } = looks[template.status] ?? refused;
                return (
                  <tr key={template.templateId}>
                    <td>{template.name}</td>
                    <td>{template.language}</td>
                    <td>{category === undefined ? template.category : t(`templates.${category}`)}</td>
                    <td>
                      <Badge tone={tone} icon={<Icon size={12} aria-hidden="true" />}>
                        {known === undefined ? template.status : t(`templates.statuses.${known}`)}
                      </Badge>
                    </td>
                    <td>{ago(template.syncedAt)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
