"use client";
import { FilterBar, FilterChip } from "@herald/ui/filter-bar";
import { Link } from "@herald/ui/link";
import { SearchBox } from "@herald/ui/text-field";
import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useHydrated } from "../../acting/use-hydrated.client.ts";
import classes from "./campaigns.module.css";
import { everything, isNarrowed, type ListAddress, mostTemplates, periods, queryOf, statusChoices } from "./list-address.ts";

const RangeDialog = dynamic(() => import("./range-dialog.client.tsx").then((module) => module.RangeDialog), { ssr: false });

/** What is typed is looked for once the typing rests. */
const restMs = 250;

export type Choice = { readonly value: string; readonly text: string };
export type ListFiltersProps = {
  readonly workspaceId: string;
  readonly address: ListAddress;
  readonly senders: readonly Choice[];
  readonly templates: readonly Choice[];
};

/** Every choice is in the address, so that a colleague sees the same list. */
export function ListFilters({ workspaceId, address, senders, templates }: ListFiltersProps) {
  const t = useTranslations("campaigns");
  const router = useRouter();
  const [isRangeOpen, setRangeOpen] = useState(false);
  const hrefOf = (change: Partial<ListAddress>): string => `/panel/w/${workspaceId}/campaigns${queryOf(address, change)}`;
  const choose = (change: Partial<ListAddress>): void => router.replace(hrefOf(change), { scroll: false });
  const choiceItems = (choices: readonly Choice[], chosen: string | null, onChoose: (value: string) => void) =>
    choices.map(({ value, text }) => ({ key: value, text, isChecked: value === chosen, onSelect: () => onChoose(value) }));
  const textOf = (choices: readonly Choice[], chosen: string | null): string | undefined =>
    chosen === null ? undefined : (choices.find(({ value }) => value === chosen)?.text ?? chosen.slice(0, 8));
  const clear = (name: string): string => t("filter.clear", { name });
  const statuses = statusChoices.map((value) => ({ value, text: t(`status.${value}`) }));
  return (
    <FilterBar
      label={t("filters")}
      end={
        isNarrowed({ ...address, view: "all" }) ? (
          <Link href={`/panel/w/${workspaceId}/campaigns${queryOf(everything, { view: address.view })}`}>{t("filter.clearAll")}</Link>
        ) : null
      }
    >
      <NameSearch search={address.search} label={t("search")} onSearch={(search) => choose({ search })} />
      <FilterChip
        name={t("filter.status")}
        value={textOf(statuses, address.status)}
        clearLabel={clear(t("filter.status"))}
        onClear={() => choose({ status: null })}
        items={choiceItems(statuses, address.status, (value) => choose({ status: statusChoices.find((one) => one === value) ?? null }))}
      />
      <FilterChip
        name={t("filter.sender")}
        value={textOf(senders, address.senderId)}
        clearLabel={clear(t("filter.sender"))}
        onClear={() => choose({ senderId: null })}
        items={choiceItems(senders, address.senderId, (senderId) => choose({ senderId }))}
      />
      <FilterChip
        name={t("filter.template")}
        value={textOf(templates, address.templateId)}
        clearLabel={clear(t("filter.template"))}
        onClear={() => choose({ templateId: null })}
        items={[
          ...choiceItems(templates, address.templateId, (templateId) => choose({ templateId })),
          ...(templates.length < mostTemplates
            ? []
            : [{ kind: "heading" as const, key: "more", text: t("filter.moreTemplates", { count: templates.length }) }]),
        ]}
      />
      <FilterChip
        name={t("filter.period")}
        value={usePeriodText(address)}
        clearLabel={clear(t("filter.period"))}
        onClear={() => choose({ period: null })}
        items={periods.map((period) => ({
          key: period,
          text: t(`period.${period}`),
          isChecked: period === address.period,
          onSelect: () => (period === "range" ? setRangeOpen(true) : choose({ period })),
        }))}
      />
      <FilterChip
        name={t("filter.kind")}
        value={address.isTests ? t("filter.tests") : undefined}
        clearLabel={clear(t("filter.kind"))}
        onClear={() => choose({ isTests: false })}
        items={[
          { key: "campaigns", text: t("filter.campaigns"), isChecked: !address.isTests, onSelect: () => choose({ isTests: false }) },
          { key: "tests", text: t("filter.tests"), isChecked: address.isTests, onSelect: () => choose({ isTests: true }) },
        ]}
      />
      {isRangeOpen ? (
        <RangeDialog
          from={address.from ?? ""}
          to={address.to ?? ""}
          onClose={() => setRangeOpen(false)}
          onChoose={(from, to) => {
            setRangeOpen(false);
            choose({ period: "range", from: from || null, to: to || null });
          }}
        />
      ) : null}
    </FilterBar>
  );
}

/** A range by its days, as the reader writes days. */
function usePeriodText({ period, from, to }: ListAddress): string | undefined {
  const t = useTranslations("campaigns.period");
  const format = useFormatter();
  if (period !== "range") return period === null ? undefined : t(period);
  // a day of a calendar, not a moment: written as it was chosen, in whichever zone
  const day = (text: string | null): string =>
    text === null ? t("any") : format.dateTime(new Date(`${text}T12:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
  return t("rangeOf", { from: day(from), to: day(to) });
}

function NameSearch({
  search,
  label,
  onSearch,
}: {
  readonly search: string;
  readonly label: string;
  readonly onSearch: (search: string) => void;
}) {
  const [typed, setTyped] = useState(search);
  const [known, setKnown] = useState(search);
  // what is typed before the page listens would be looked for by nobody
  const isHydrated = useHydrated();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // the address changed by itself (a saved view, the way back): the box follows it
  if (known !== search) {
    setKnown(search);
    setTyped(search);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <SearchBox
      label={label}
      placeholder={label}
      icon={<Search size={14} />}
      className={classes.search}
      value={typed}
      disabled={!isHydrated}
      maxLength={200}
      onChange={({ target: { value } }) => {
        setTyped(value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          setKnown(value.trim());
          onSearch(value.trim());
        }, restMs);
      }}
    />
  );
}
