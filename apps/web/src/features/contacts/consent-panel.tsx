import { Panel } from "@herald/ui/page-header";
import { Time } from "@herald/ui/time";
import type { Member } from "../../panel/member.ts";
import { readZone, wordsOf } from "../../words/reader.server.ts";
import { locale } from "../../words/reader.ts";
import { ConsentBadge } from "./consent-badge.tsx";
import { channelWord } from "./event-words.ts";
import { LiftOptOut, RecordOptOut } from "./opt-out.client.tsx";
import classes from "./person.module.css";
import { proofWords } from "./proof-words.ts";
import type { Person } from "./read-person.ts";

/** Per channel: what is agreed, who said so and when, and what a member may do about it. */
export async function ConsentPanel({ member, person, name }: { readonly member: Member; readonly person: Person; readonly name: string }) {
  const t = wordsOf("contacts");
  const zone = await readZone();
  const target = { workspaceId: member.workspaceId, contactId: person.id, name };
  const whatsapp = person.consent_states.find(({ channel, purpose }) => channel === "whatsapp" && purpose === "marketing");
  const others = person.consent_states.filter((state) => state !== whatsapp);
  const isRegisterOnly = person.consent === "withdrawn" && whatsapp?.state !== "withdrawn";
  return (
    <Panel title={t("said.title")}>
      <section className={classes.said}>
        <div className={classes.saidHead}>
          <h3>{t("said.marketingOn", { channel: channelWord("whatsapp") })}</h3>
          <ConsentBadge consent={person.consent} word={t(`consent.${person.consent}`)} />
        </div>
        {whatsapp && !isRegisterOnly ? (
          <p className={classes.muted}>
            {proofWords({ ...whatsapp.consents, state: whatsapp.state }, member.userId)}{" "}
            <Time atMs={Date.parse(whatsapp.consents.at)} locale={locale} zone={zone} look="date" />
          </p>
        ) : null}
        {isRegisterOnly ? <p className={classes.muted}>{t("said.registerOnly")}</p> : null}
        <p>{t(`said.${person.consent}`)}</p>
        {person.optedOutBy === "person" ? <p className={classes.muted}>{t("lift.ownWord")}</p> : null}
        {person.optedOutBy === "import" ? <p className={classes.muted}>{t("lift.imported")}</p> : null}
        {person.optedOutBy === "member" && !member.allows("consent.remove") ? <p className={classes.muted}>{t("lift.notAdmin")}</p> : null}
        {person.optedOutBy === "member" && member.allows("consent.remove") ? (
          <LiftOptOut {...target} before={person.consentBefore} />
        ) : null}
        {person.consent !== "withdrawn" && member.allows("consent.add") ? <RecordOptOut {...target} /> : null}
      </section>
      {others.map(({ channel, purpose, state, consents }) => (
        <section key={`${channel} ${purpose}`} className={classes.said}>
          <div className={classes.saidHead}>
            <h3>{t("said.marketingOn", { channel: channelWord(channel) })}</h3>
            <ConsentBadge consent={state} word={t(`consent.${state}`)} />
          </div>
          <p className={classes.muted}>{proofWords({ ...consents, state }, member.userId)}</p>
        </section>
      ))}
    </Panel>
  );
}
