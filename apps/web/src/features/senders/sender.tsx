import { Breadcrumbs } from "@herald/ui/breadcrumbs";
import { CopyableId } from "@herald/ui/copyable-id";
import { Stat, StatRow } from "@herald/ui/figures";
import { PageHeader, Panel } from "@herald/ui/page-header";
import { namesOfColleagues } from "../../panel/colleagues.ts";
import type { Member } from "../../panel/member.ts";
import { ClientWords } from "../../words/client-words.tsx";
import { readFormatter, wordsOf } from "../../words/reader.server.ts";
import { Blocks } from "./blocks.tsx";
import { KeepFresh } from "./keep-fresh.client.tsx";
import { KillSwitch } from "./kill-switch.client.tsx";
import { LimitBar } from "./limit-bar.tsx";
import { loadBlocks, loadTemplates } from "./load-senders.ts";
import { endsSoon, type Sender as SenderFacts } from "./sender-standing.ts";
import classes from "./senders.module.css";
import { qualityWords, standingWords } from "./standing-words.tsx";
import { Templates } from "./templates.tsx";

const plans = ["meta_phone_throughput", "meta_default_throughput", "meta_coexistence"] as const;

/** One number: what it may do, what holds it back, and the switch that stops it. */
export async function Sender({ member, sender }: { readonly member: Member; readonly sender: SenderFacts }) {
  const t = wordsOf("senders");
  const base = wordsOf("base");
  const nowMs = Date.now();
  const [{ badge, means, cure }, blocks, templates, names] = await Promise.all([
    standingWords(sender, nowMs),
    loadBlocks(member, sender.source.sourceId),
    loadTemplates(member, sender.source.sourceId),
    namesOfColleagues(member),
  ]);
  const name = sender.verifiedName || sender.displayNumber;
  const { stop } = sender;
  return (
    <ClientWords parts={["senders"]}>
      <div className={classes.page}>
        <PageHeader
          above={
            <Breadcrumbs
              label={t("trail")}
              crumbs={[{ text: t("title"), href: `/panel/w/${member.workspaceId}/senders` }, { text: name }]}
            />
          }
          title={name}
          status={badge}
          note={[sender.displayNumber, means, cure].filter(Boolean).join(" · ")}
          actions={
            <>
              <KeepFresh atMs={nowMs} />
              <CopyableId value={sender.senderId} label={t("number")} copyLabel={base("copy")} copiedLabel={base("copied")} />
            </>
          }
        />
        <Facts sender={sender} nowMs={nowMs} />
        <Panel title={t("blocks.title")}>
          <Blocks
            blocks={blocks.filter(({ scope, scopeId }) => scope !== "number" || scopeId === sender.senderId)}
            member={member}
            nowMs={nowMs}
          />
        </Panel>
        <Panel title={t("switch.number")}>
          <KillSwitch
            of={{ workspaceId: member.workspaceId, sender: { senderId: sender.senderId, name } }}
            isOn={sender.isStopped}
            stop={stop && { ...stop, by: stop.by === member.userId ? null : (names[stop.by] ?? "") }}
            liveCampaigns={sender.liveCampaigns}
            mayStop={member.allows("campaign.control")}
            mayLetGo={member.allows("sending.resume")}
          />
        </Panel>
        <Templates templates={templates} source={sender.source} nowMs={nowMs} />
      </div>
    </ClientWords>
  );
}

/** Its pace and where that comes from, its quality, its people a day, and its account. */
async function Facts({ sender, nowMs }: { readonly sender: SenderFacts; readonly nowMs: number }) {
  const t = wordsOf("senders");
  const format = await readFormatter();
  const { portfolio, source } = sender;
  const quality = qualityWords(sender.quality);
  const plan = plans.find((one) => one === sender.planSource) ?? "other";
  const ago = (iso: string): string => format.relativeTime(new Date(iso), new Date(nowMs));
  const mode = source.mode === "coexistence" ? "coexistence" : "cloud_api";
  const token = source.status === "disconnected" ? "disconnected" : isExpired(sender, nowMs) ? "token_expired" : "connected";
  const end = source.tokenExpiresAt;
  return (
    <StatRow>
      <Stat
        label={t("pace.label")}
        value={t("pace.cap", { cap: sender.capPerSecond })}
        tone={sender.planProblem === null ? "neutral" : "warn"}
        note={
          <span className={classes.explain}>
            <span>{t("pace.now", { rate: format.number(sender.effectivePerSecond, { maximumFractionDigits: 1 }) })}</span>
            <span>{t(`pace.${plan}`, { level: sender.planLevel, source: sender.planSource })}</span>
            <span>{sender.planCheckedAt === null ? t("pace.never") : t("pace.checked", { ago: ago(sender.planCheckedAt) })}</span>
            {sender.planProblem === null ? null : <span>{t("pace.problem", { problem: sender.planProblem })}</span>}
          </span>
        }
      />
      <Stat
        label={t("quality.label")}
        value={quality.word}
        note={quality.means}
        tone={sender.quality === "RED" ? "bad" : sender.quality === "YELLOW" ? "warn" : "neutral"}
      />
      <Stat
        label={t("limit.label")}
        value={portfolio === null ? t("limit.none") : t("limit.short", portfolio)}
        tone={portfolio !== null && portfolio.taken >= portfolio.limit ? "warn" : "neutral"}
        note={
          <span className={classes.explain}>
            <LimitBar sender={sender} />
            <span>{portfolio === null ? t("limit.noneMeans") : t("limit.means")}</span>
          </span>
        }
      />
      <Stat
        label={t("account.label")}
        value={source.name}
        tone={token === "connected" ? (endsSoon(end, nowMs) ? "warn" : "neutral") : "bad"}
        note={
          <span className={classes.explain}>
            <span>{t(`account.${mode}`)}</span>
            <span>
              {t(`account.${token}`)}
              {token === "disconnected"
                ? null
                : ` ${end === null ? t("account.noExpiry") : t("account.expires", { at: format.dateTime(new Date(end), { dateStyle: "medium" }) })}`}
            </span>
            {token === "connected" && end !== null && endsSoon(end, nowMs) ? (
              <span>{t("account.expiresSoon", { at: ago(end) })}</span>
            ) : null}
          </span>
        }
      />
    </StatRow>
  );
}

const isExpired = ({ source }: SenderFacts, nowMs: number): boolean =>
  source.status === "token_expired" || (source.tokenExpiresAt !== null && Date.parse(source.tokenExpiresAt) <= nowMs);
