import { type Settings, settingsBounds } from "@herald/identity";
import { ButtonLink } from "@herald/ui/button";
import { PageHeader, Panel } from "@herald/ui/page-header";
import { ScrollText } from "lucide-react";
import { readFormatter, wordsOf } from "../../words/reader.server.ts";
import { locale } from "../../words/reader.ts";
import classes from "./settings.module.css";
import { SettingsForm } from "./settings-form.client.tsx";

export type SettingsScreenProps = {
  readonly workspaceId: string;
  readonly settings: Settings;
  /** ISO 3166-1 alpha-2 of every country whose numbers can be read. */
  readonly countries: readonly string[];
  readonly mayChange: boolean;
  readonly mayReadAudit: boolean;
  /** Who can change them, by e-mail. */
  readonly keepers: readonly string[];
};

/** What the workspace has decided for itself: to change for admins, to read for everybody who lives by it. */
export async function SettingsScreen({ workspaceId, settings, countries, mayChange, mayReadAudit, keepers }: SettingsScreenProps) {
  const t = wordsOf("settings");
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("title")}
        note={t("note", { workspace: settings.name })}
        actions={
          mayReadAudit ? (
            <ButtonLink href={`/panel/w/${workspaceId}/settings/audit`} icon={<ScrollText size={16} />}>
              {t("auditLink")}
            </ButtonLink>
          ) : null
        }
      />
      <Panel title={t("panel")}>
        {mayChange ? (
          <SettingsForm workspaceId={workspaceId} settings={settings} countries={namesOf(countries)} bounds={settingsBounds} />
        ) : (
          <SettingsToRead settings={settings} keepers={keepers} />
        )}
      </Panel>
    </div>
  );
}

async function SettingsToRead({ settings, keepers }: Pick<SettingsScreenProps, "settings" | "keepers">) {
  const t = wordsOf("settings");
  const format = await readFormatter();
  const { name, defaultCountry, frequencyCapHours, maxRecipients, onlyAdminsSend } = settings;
  const rows = [
    { key: "name", label: t("form.name"), value: name, hint: t("form.nameHint") },
    { key: "country", label: t("form.country"), value: countryName(defaultCountry) ?? t("form.countryNone"), hint: t("form.countryHint") },
    {
      key: "cap",
      label: t("form.cap"),
      value: frequencyCapHours === null ? t("values.capOff") : t("values.cap", { hours: frequencyCapHours }),
      hint: frequencyCapHours === null ? t("readOnly.capOff") : t("form.capHint"),
    },
    { key: "max", label: t("form.max"), value: format.number(maxRecipients), hint: t("form.maxHint") },
    {
      key: "policy",
      label: t("form.policy"),
      value: onlyAdminsSend ? t("values.sendAdmins") : t("values.sendMembers"),
      hint: onlyAdminsSend ? t("readOnly.policyOn") : t("readOnly.policyOff"),
    },
  ];
  return (
    <>
      <p className={classes.muted}>
        {t("readOnly.title")}.{" "}
        {keepers.length > 0 ? t("readOnly.text", { people: format.list(keepers, { type: "disjunction" }) }) : t("readOnly.nobody")}
      </p>
      <dl className={classes.values}>
        {rows.map(({ key, label, value, hint }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{value}</dd>
            <dd className={classes.small}>{hint}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const names = new Intl.DisplayNames(locale, { type: "region" });
const countryName = (country: string | null): string | null => (country === null ? null : `${names.of(country) ?? country} (${country})`);
const namesOf = (countries: readonly string[]) =>
  countries
    .map((country) => ({ value: country, text: countryName(country) ?? country }))
    .toSorted((one, other) => one.text.localeCompare(other.text, locale));
