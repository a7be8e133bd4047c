import { Link } from "@herald/ui/link";
import { Time } from "@herald/ui/time";
import type { Member } from "../../panel/member.ts";
import { readFormatter, readZone, wordsOf } from "../../words/reader.server.ts";
import { locale } from "../../words/reader.ts";
import { CureButton } from "./cure-button.client.tsx";
import type { Block } from "./load-senders.ts";
import classes from "./senders.module.css";

const causes = ["NUMBER", "WABA", "TOKEN", "TEMPLATE", "OPS"] as const;
/** Codes of Meta are numbers; words of ours that stand in their place have no page there. */
const codePage = "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes";
const mostNamed = 5;

/** Each refusal that stops something: what, why, since when, for whom, and how it ends. */
export async function Blocks({
  blocks,
  member,
  nowMs,
}: {
  readonly blocks: readonly Block[];
  readonly member: Member;
  readonly nowMs: number;
}) {
  const t = wordsOf("senders");
  const [zone, format] = await Promise.all([readZone(), readFormatter()]);
  if (blocks.length === 0) return <p className={classes.faint}>{t("blocks.none")}</p>;
  return (
    <ul className={classes.blocks}>
      {blocks.map((block) => {
        const cause = causes.find((one) => one === block.cause) ?? "other";
        const isCode = block.code !== null && /^\d+$/.test(block.code);
        return (
          <li key={block.blockId} className={classes.block}>
            <div className={classes.blockHead}>
              <h3 className={classes.blockTitle}>
                {block.name === null ? t("blocks.gone") : t(`blocks.${block.scope}`, { name: block.name, detail: block.detail })}
              </h3>
              <span className={classes.faint}>
                <Time atMs={Date.parse(block.since)} locale={locale} zone={zone} />
              </span>
            </div>
            <p>
              {t(`cause.${cause}`, { class: block.cause })} {t(`todo.${cause}`)}
            </p>
            {block.said === "" ? null : <p className={classes.faint}>{t("blocks.said", { detail: block.said })}</p>}
            {block.code === null ? null : (
              <p className={classes.faint}>
                {isCode ? (
                  <Link href={codePage}>{t("blocks.codePage", { code: block.code })}</Link>
                ) : (
                  t("blocks.code", { code: block.code })
                )}
              </p>
            )}
            {block.liftsAt === null || Date.parse(block.liftsAt) < nowMs ? null : (
              <p className={classes.faint}>
                {t("blocks.lifts", { at: format.dateTime(new Date(block.liftsAt), { dateStyle: "medium", timeStyle: "short" }) })}
              </p>
            )}
            <p className={classes.waiting}>
              <span>{t("blocks.campaigns", { count: block.campaigns })}</span>
              {block.named.slice(0, mostNamed).map(({ campaignId, name }) => (
                <Link key={campaignId} href={`/panel/w/${member.workspaceId}/campaigns/${campaignId}`}>
                  {name}
                </Link>
              ))}
              {block.campaigns > mostNamed ? (
                <span className={classes.faint}>{t("blocks.moreCampaigns", { count: block.campaigns - mostNamed })}</span>
              ) : null}
            </p>
            <div className={classes.acts}>
              {member.allows("campaign.control") ? (
                <CureButton workspaceId={member.workspaceId} blockId={block.blockId} campaigns={block.campaigns} />
              ) : (
                <p className={classes.faint}>{t("blocks.mayNotCure")}</p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
