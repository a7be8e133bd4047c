import type { UserId } from "@herald/kernel";
import { ButtonLink } from "@herald/ui/button";
import { Link } from "@herald/ui/link";
import { Panel } from "@herald/ui/page-header";
import { Pagination } from "@herald/ui/pagination";
import { Time } from "@herald/ui/time";
import { ArrowUpDown, CircleCheck, CircleSlash, CircleX, FileSpreadsheet, List, MessageSquare, Send, UserPlus } from "lucide-react";
import { readZone, wordsOf } from "../../words/reader.server.ts";
import { locale } from "../../words/reader.ts";
import { eventWords } from "./event-words.ts";
import classes from "./person.module.css";
import { type Place, queryOfPlace, type TimelinePage } from "./read-timeline.ts";

const icons = {
  added: UserPlus,
  imported: FileSpreadsheet,
  listed: List,
  granted: CircleCheck,
  withdrawn: CircleSlash,
  inbound: MessageSquare,
  message: Send,
  failed: CircleX,
} as const;

/** What happened with one person, one page of it. */
export async function Timeline({
  page,
  place,
  workspacePath,
  reader,
}: {
  readonly page: TimelinePage;
  readonly place: Place;
  readonly workspacePath: string;
  readonly reader: UserId;
}) {
  const t = wordsOf("contacts");
  const zone = await readZone();
  const last = page.events.at(-1);
  const turned = queryOfPlace({ isOldestFirst: !place.isOldestFirst, last: null });
  return (
    <Panel
      title={t("timeline.title")}
      end={
        <ButtonLink href={turned} size="small" variant="ghost" icon={<ArrowUpDown size={14} />}>
          {t(place.isOldestFirst ? "timeline.showNewestFirst" : "timeline.showOldestFirst")}
        </ButtonLink>
      }
    >
      <ol className={classes.events}>
        {page.events.map((event) => {
          const { icon, sentence, proof, more } = eventWords(event, reader);
          const Icon = icons[icon];
          return (
            <li key={event.key} className={classes.event} data-icon={icon}>
              <Icon size={16} className={classes.eventIcon} aria-hidden="true" />
              <div className={classes.eventWords}>
                <p>
                  {sentence}{" "}
                  {more ? (
                    <Link href={`${workspacePath}/${more.path}`} fetchedWhen="meant">
                      {more.word}
                    </Link>
                  ) : null}
                </p>
                {proof ? <p className={classes.muted}>{proof}</p> : null}
              </div>
              <span className={classes.eventTime}>
                <Time atMs={Date.parse(event.at)} locale={locale} zone={zone} />
              </span>
            </li>
          );
        })}
      </ol>
      {page.events.length === 0 ? <p className={classes.muted}>{t("timeline.nothing")}</p> : null}
      {page.hasMore || place.last ? (
        <Pagination
          label={t("timeline.pages")}
          previousText={t("timeline.back")}
          nextText={t(place.isOldestFirst ? "timeline.newer" : "timeline.older")}
          previousHref={place.last ? queryOfPlace({ ...place, last: null }) : undefined}
          nextHref={page.hasMore && last ? queryOfPlace({ ...place, last: { at: last.at, key: last.key } }) : undefined}
        />
      ) : null}
    </Panel>
  );
}
