import { Badge } from "@herald/ui/badge";
import { Link } from "@herald/ui/link";
import { Panel } from "@herald/ui/page-header";
import { Time } from "@herald/ui/time";
import type { Member } from "../../panel/member.ts";
import { readFormatter, readZone, wordsOf } from "../../words/reader.server.ts";
import { locale } from "../../words/reader.ts";
import { EditTags } from "./edit-tags.client.tsx";
import { channelWord } from "./event-words.ts";
import classes from "./person.module.css";
import { reasonWords } from "./proof-words.ts";
import type { Person } from "./read-person.ts";

/** Everything else that is known of a person. */
export async function PersonFacts({ member, person }: { readonly member: Member; readonly person: Person }) {
  const t = wordsOf("contacts");
  const [zone, format] = await Promise.all([readZone(), readFormatter()]);
  const regions = new Intl.DisplayNames(locale, { type: "region" });
  const tags = person.contact_tags.map(({ tag }) => tag).toSorted();
  const fields = Object.entries(person.fields).toSorted(([one], [other]) => one.localeCompare(other));
  const openWindows = person.service_windows.filter(({ open_until }) => Date.parse(open_until) > Date.now());
  return (
    <>
      <Panel title={t("person.reach")}>
        {person.contact_addresses.length === 0 ? <p className={classes.muted}>{t("person.noReach")}</p> : null}
        <dl className={classes.list}>
          {person.contact_addresses.map(({ channel, kind, value }) => (
            <div key={`${channel} ${kind} ${value}`} className={classes.pair}>
              <dt>
                {channelWord(channel)} · {t(`person.addressKinds.${kind}`)}
              </dt>
              <dd>{value}</dd>
            </div>
          ))}
          <div className={classes.pair}>
            <dt>{t("person.country")}</dt>
            <dd>{person.country ? regions.of(person.country) : t("person.noCountry")}</dd>
          </div>
        </dl>
      </Panel>
      <Panel title={t("person.tags")}>
        {member.allows("contacts.write") ? (
          <EditTags workspaceId={member.workspaceId} contactId={person.id} tags={tags} />
        ) : (
          <div className={classes.tags}>
            {tags.length === 0 ? <p className={classes.muted}>{t("person.noTags")}</p> : tags.map((tag) => <Badge key={tag}>{tag}</Badge>)}
          </div>
        )}
      </Panel>
      <Panel title={t("person.fields")}>
        {fields.length === 0 ? <p className={classes.muted}>{t("person.noFields")}</p> : null}
        <dl className={classes.list}>
          {fields.map(([key, value]) => (
            <div key={key} className={classes.pair}>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title={t("person.lists")}>
        {person.recipient_list_members.length === 0 ? <p className={classes.muted}>{t("person.noLists")}</p> : null}
        <ul className={classes.list}>
          {person.recipient_list_members.map(({ added_at, recipient_lists: { id, name } }) => (
            <li key={id}>
              <Link href={`/panel/w/${member.workspaceId}/contacts?list=${id}`}>{name}</Link>{" "}
              <span className={classes.muted}>
                {t("person.listedOn", { date: format.dateTime(new Date(added_at), { day: "numeric", month: "short", year: "numeric" }) })}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t("person.windows")}>
        {openWindows.length === 0 ? <p className={classes.muted}>{t("person.noWindows")}</p> : null}
        <ul className={classes.list}>
          {openWindows.map(({ open_until, phone_numbers: { display_number: number } }) => (
            <li key={number}>
              {t("person.openUntil", { number, time: format.dateTime(new Date(open_until), { dateStyle: "medium", timeStyle: "short" }) })}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t("person.suppressions")}>
        {person.suppressions.length === 0 ? <p className={classes.muted}>{t("person.noSuppressions")}</p> : null}
        <ul className={classes.list}>
          {person.suppressions.map(({ id, kind, value, scope, reason, at }) => (
            <li key={id}>
              {t("person.suppressed", {
                kind: t(`person.addressKinds.${kind}`),
                value,
                scope: t(`person.scopes.${scope}`),
                reason: reasonWords(reason),
              })}{" "}
              <span className={classes.muted}>
                <Time atMs={Date.parse(at)} locale={locale} zone={zone} look="date" />
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
