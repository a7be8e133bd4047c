import { Badge } from "@herald/ui/badge";
import { Breadcrumbs } from "@herald/ui/breadcrumbs";
import { CopyableId } from "@herald/ui/copyable-id";
import { PageHeader } from "@herald/ui/page-header";
import { Time } from "@herald/ui/time";
import { Trash2 } from "lucide-react";
import type { Member } from "../../panel/member.ts";
import { readZone, wordsOf } from "../../words/reader.server.ts";
import { locale } from "../../words/reader.ts";
import { ConsentBadge } from "./consent-badge.tsx";
import { ConsentPanel } from "./consent-panel.tsx";
import { EditContact } from "./edit-contact.client.tsx";
import classes from "./person.module.css";
import { PersonFacts } from "./person-facts.tsx";
import type { Person } from "./read-person.ts";
import type { Place, TimelinePage } from "./read-timeline.ts";
import { Timeline } from "./timeline.tsx";

/** One person: who it is, what is agreed, what happened. */
export async function ContactScreen({
  member,
  person,
  timeline,
  place,
}: {
  readonly member: Member;
  readonly person: Person;
  readonly timeline: TimelinePage;
  readonly place: Place;
}) {
  const t = wordsOf("contacts");
  const zone = await readZone();
  const workspacePath = `/panel/w/${member.workspaceId}`;
  const name = nameOf(person);
  return (
    <div className={classes.screen}>
      <PageHeader
        above={
          <Breadcrumbs label={t("person.breadcrumbs")} crumbs={[{ text: t("title"), href: `${workspacePath}/contacts` }, { text: name }]} />
        }
        title={name}
        status={
          <>
            <ConsentBadge consent={person.consent} word={t(`consent.${person.consent}`)} />
            {person.status === "deleted" ? <Badge icon={<Trash2 size={14} aria-hidden="true" />}>{t("status.deleted")}</Badge> : null}
          </>
        }
        note={
          <>
            {t("person.added")} <Time atMs={Date.parse(person.created_at)} locale={locale} zone={zone} look="date" />
          </>
        }
        actions={
          member.allows("contacts.write") ? (
            <EditContact workspaceId={member.workspaceId} contactId={person.id} displayName={person.display_name} fields={person.fields} />
          ) : null
        }
      />
      <div className={classes.columns}>
        <Timeline page={timeline} place={place} workspacePath={workspacePath} reader={member.userId} />
        <div className={classes.facts}>
          <ConsentPanel member={member} person={person} name={name} />
          <PersonFacts member={member} person={person} />
          <CopyableId value={person.id} {...idWords()} />
        </div>
      </div>
    </div>
  );
}

function idWords() {
  const base = wordsOf("base");
  return { label: wordsOf("contacts")("person.id"), copyLabel: base("copy"), copiedLabel: base("copied") };
}

/** Somebody whom nobody named goes by the first address. */
export function nameOf({ display_name: name, contact_addresses: [address] }: Person): string {
  return name || (address?.value ?? wordsOf("contacts")("noName"));
}
