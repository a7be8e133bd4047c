import type { Verdict } from "@herald/campaign";
import { CopyableId } from "@herald/ui/copyable-id";
import { Link } from "@herald/ui/link";
import { Panel } from "@herald/ui/page-header";
import { Timeline } from "@herald/ui/timeline";
import {
  ArrowLeft,
  CalendarClock,
  Check,
  FileUp,
  Gavel,
  List,
  type LucideIcon,
  MessageCircleReply,
  MessageSquareText,
  Send,
  ShieldCheck,
  Snowflake,
  Stamp,
  TimerOff,
  UserX,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Member } from "../../panel/member.ts";
import { causeWordsOf, codesPage } from "../../words/cause-words.ts";
import { readZone, wordsOf } from "../../words/reader.server.ts";
import { locale } from "../../words/reader.ts";
import { copiedText } from "./copied-text.ts";
import { CopyText } from "./copy-text.client.tsx";
import type { LoadedWhy } from "./load-why.ts";
import { bucketOfRow } from "./recipient-row.ts";
import { StateBadge } from "./state-badge.tsx";
import { type StepKind, type Teller, type ToldStep, toldSteps, verdictValues } from "./told-steps.ts";
import classes from "./why.module.css";

const icons: Readonly<Record<StepKind, LucideIcon>> = {
  imported: FileUp,
  listed: List,
  consent: Stamp,
  suppressed: UserX,
  frozen: Snowflake,
  left_out: UserX,
  checked: ShieldCheck,
  asked: Send,
  not_begun: TimerOff,
  answered: MessageSquareText,
  receipt: Check,
  decided: Gavel,
  reply: MessageCircleReply,
  due: CalendarClock,
};

/** Nobody wants to change these. */
const arrived: ReadonlySet<Verdict> = new Set(["delivered", "read", "played"]);

/** Why one recipient got it, or did not: the fact that decided, what would change it, and everything that led to it. */
export async function Why({
  member,
  campaignId,
  loaded,
}: {
  readonly member: Member;
  readonly campaignId: string;
  readonly loaded: LoadedWhy;
}) {
  const { story, names, atMs } = loaded;
  const zone = await readZone();
  const t = wordsOf("recipients");
  const write = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    return (ms: number): string => format.format(ms);
  };
  const moment = write({
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const day = write({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const toSeconds = write({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  const toMilliseconds = write({ hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hourCycle: "h23" });
  const clock = ({ precision, atMs: ms }: ToldStep): string => (precision === "second" ? toSeconds : toMilliseconds)(ms);

  const teller: Teller = { t, codes: wordsOf("codes"), userId: member.userId, names, moment, exact: toMilliseconds };
  const values = verdictValues(story, teller);
  const fact = t(`verdicts.${story.verdict}.fact`, values);
  const change = t(`verdicts.${story.verdict}.change`, values);
  const steps = toldSteps(story, teller, atMs);
  const text = copiedText(story, teller, { fact, change, steps, zone, atMs }, (step) => `${day(step.atMs)} ${clock(step)}`);
  const bucket = bucketOfRow(story.message);
  const here = `/panel/w/${member.workspaceId}/campaigns/${campaignId}/recipients`;
  const { message } = story;
  const name = story.displayName || t(story.displayName === null ? "erased" : "noName");
  return (
    <article className={classes.why} aria-label={t("whyOf", { name })}>
      <p>
        <Link href={here} className={classes.back}>
          <ArrowLeft size={14} aria-hidden="true" />
          {t("back")}
        </Link>
      </p>
      <header className={classes.head}>
        <h2 className={classes.name}>{name}</h2>
        <span className={classes.address}>{story.address ?? t("noAddress")}</span>
        <StateBadge bucket={bucket} word={t(`buckets.${bucket}`)} />
      </header>
      <section className={classes.verdict} data-bucket={bucket} aria-label={t("whyPage.decides")}>
        <p className={classes.fact}>{fact}</p>
        {message.code === null || message.state === "accepted" ? null : (
          <p>
            {causeWordsOf(teller.codes, { class: message.class, code: message.code })}{" "}
            <Link href={codesPage} target="_blank" rel="noreferrer">
              {t("refusal.code", { code: message.code })}
            </Link>
          </p>
        )}
        {story.verdict === "skipped_frequency_cap" && story.lastMarketing ? (
          <p>{t("whyPage.lastMarketing", { campaign: story.lastMarketing.campaignName, at: moment(story.lastMarketing.atMs) })}</p>
        ) : null}
        {story.blocks.map(({ blockId, sinceMs, detail }) => (
          <p key={blockId}>{t("whyPage.blocked", { at: moment(sinceMs), detail })}</p>
        ))}
        {arrived.has(story.verdict) ? null : (
          <p className={classes.change}>
            <span className={classes.changeHead}>{t("whyPage.changes")}</span>
            {change}
          </p>
        )}
      </section>
      <div className={classes.columns}>
        <Panel title={t("whyPage.story")} end={<CopyText text={text} />}>
          <Timeline
            label={t("whyPage.story")}
            steps={steps.map((step) => {
              const Icon = icons[step.kind];
              return {
                key: step.key,
                day: day(step.atMs),
                time: (
                  <time dateTime={new Date(step.atMs).toISOString()} title={`${moment(step.atMs)} (${zone})`}>
                    {clock(step)}
                  </time>
                ),
                title: step.title,
                detail: <StepDetail step={step} />,
                icon: <Icon size={14} />,
                tone: step.tone,
                isAhead: step.isAhead,
              };
            })}
          />
          <p className={classes.note}>{t("whyPage.shownEvents")}</p>
        </Panel>
        <Facts member={member} loaded={loaded} />
      </div>
    </article>
  );
}

function StepDetail({ step: { details, code } }: { readonly step: ToldStep }) {
  const t = wordsOf("recipients");
  if (details.length === 0 && code === null) return null;
  return (
    <>
      {details.join(" · ")}
      {code === null ? null : (
        <>
          {details.length === 0 ? null : " · "}
          <Link href={codesPage} target="_blank" rel="noreferrer">
            {t("refusal.code", { code })}
          </Link>
        </>
      )}
    </>
  );
}

function Facts({ member, loaded: { story } }: { readonly member: Member; readonly loaded: LoadedWhy }) {
  const t = wordsOf("recipients");
  const base = wordsOf("base");
  const { campaign, message, frozen, tags } = story;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t("whyPage.sender"), t("whyPage.senderOf", { name: campaign.senderName, number: campaign.senderNumber })],
    [t("whyPage.template"), t("whyPage.templateOf", campaign.template)],
    [
      t("whyPage.chunk"),
      frozen === null ? t("whyPage.none") : t("whyPage.chunkOf", { chunk: frozen.chunkNo + 1, place: frozen.entryNo + 1 }),
    ],
    [t("whyPage.attempts"), String(message.attempts.length)],
    ...(tags.length === 0 ? [] : [[t("whyPage.tags"), tags.join(", ")] as const]),
    [
      t("whyPage.message"),
      <CopyableId
        key="id"
        value={message.messageId}
        label={t("whyPage.messageId")}
        copyLabel={base("copy")}
        copiedLabel={base("copied")}
      />,
    ],
  ];
  return (
    <div className={classes.aside}>
      <Panel
        title={t("whyPage.facts")}
        end={
          <Link href={`/panel/w/${member.workspaceId}/contacts/${message.contactId}`} fetchedWhen="meant">
            {t("whyPage.contact")}
          </Link>
        }
      >
        <dl className={classes.facts}>
          {rows.map(([term, value]) => (
            <div key={term} className={classes.factRow}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      {frozen === null || frozen.parameters.length === 0 ? null : (
        <Panel title={t("whyPage.parameters")}>
          <dl className={classes.facts}>
            {frozen.parameters.map(({ name, value }) => (
              <div key={name} className={classes.factRow}>
                <dt>
                  <code>{name}</code>
                </dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <p className={classes.note}>{t("whyPage.parametersNote")}</p>
        </Panel>
      )}
    </div>
  );
}
