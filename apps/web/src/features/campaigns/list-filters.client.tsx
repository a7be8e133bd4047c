"use client";
import { FilterBar, FilterChip } from "@herald/ui/filter-bar";
import { Link } from "@herald/ui/link";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { TypedSearch } from "../../acting/typed-search.client.tsx";
import type { WantedAddress } from "../../acting/use-wanted-address.client.ts";
import classes from "./campaigns.module.css";
import { everything, isNarrowed, type ListAddress, mostTemplates, periods, statusChoices } from "./list-address.ts";

const RangeDialog = dynamic(() => import("./range-dialog.client.tsx").then((module) => module.RangeDialog), { ssr: false });

export type Choice = { readonly value: string; readonly text: string };
export type Choices = { readonly senders: readonly Choice[]; readonly templates: readonly Choice[] };
export type ListFiltersProps = Pick<WantedAddress<ListAddress>, "linkTo"> &
  Choices & {
    readonly address: ListAddress;
    readonly onChoose: WantedAddress<ListAddress>["choose"];
  };

/** Every choice is in the address, so that a colleague sees the same list. */
export function ListFilters({ address, onChoose, linkTo, senders, templates }: ListFiltersProps) {
  const t = useTranslations("campaigns");
  const [isRangeOpen, setRangeOpen] = useState(false);
  const choose = (change: Partial<ListAddress>): void => onChoose((wanted) => ({ ...wanted, ...change }));
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
          <Link {...linkTo({ ...everything, view: address.view })}>{t("filter.clearAll")}</Link>
        ) : null
      }
    >
      <TypedSearch
        label={t("search")}
        placeholder={t("search")}
        className={classes.search}
        maxLength={200}
        value={address.search}
        onSearch={(search) => choose({ search })}
      />
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
