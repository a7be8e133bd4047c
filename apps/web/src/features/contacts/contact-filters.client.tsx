"use client";
import type { ContactCount } from "@herald/contacts";
import { FilterBar, FilterChip } from "@herald/ui/filter-bar";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { TypedSearch } from "../../acting/typed-search.client.tsx";
import { useWantedAddress } from "../../acting/use-wanted-address.client.ts";
import classes from "./contacts.module.css";
import { type FilterKey, type Filters, queryOf, withFilter } from "./filters.ts";
import type { Choice, Choices } from "./read-contacts.ts";

const chipKeys = ["consent", "tag", "list", "import", "country", "status"] as const;

/** The filter is the address: whoever gets the link sees the same people. */
export function ContactFilters({
  filters,
  choices,
  count,
}: {
  readonly filters: Filters;
  readonly choices: Choices;
  readonly count: ContactCount;
}) {
  const t = useTranslations("contacts");
  const path = usePathname();
  const { wanted, isPending, choose } = useWantedAddress(filters, (next) => `${path}${queryOf(next)}`);
  const choicesOf: Readonly<Record<(typeof chipKeys)[number], readonly Choice[]>> = {
    ...choices,
    consent: (["granted", "withdrawn", "none"] as const).map((value) => ({ value, text: t(`consent.${value}`) })),
    status: (["active", "deleted"] as const).map((value) => ({ value, text: t(`status.${value}`) })),
  };
  return (
    <div className={classes.finding}>
      <TypedSearch
        label={t("search")}
        placeholder={t("searchPlaceholder")}
        className={classes.search}
        maxLength={100}
        value={wanted.search ?? ""}
        onSearch={(search) => choose((before) => withFilter(before, "search", search))}
      />
      <FilterBar
        label={t("filters")}
        end={
          <span role="status" className={classes.count} data-pending={isPending || undefined}>
            {t(count.isExact ? "people" : "morePeople", { count: count.people })}
          </span>
        }
      >
        {chipKeys.map((key) => (
          <Chip
            key={key}
            name={key}
            value={wanted[key]}
            choices={choicesOf[key]}
            onChoose={(value) => choose((before) => withFilter(before, key, value))}
          />
        ))}
      </FilterBar>
    </div>
  );
}

function Chip({
  name,
  value,
  choices,
  onChoose,
}: {
  readonly name: Exclude<FilterKey, "search">;
  readonly value: string | undefined;
  readonly choices: readonly Choice[];
  readonly onChoose: (value: string | undefined) => void;
}) {
  const t = useTranslations("contacts");
  const chosen = value === undefined ? undefined : (choices.find((choice) => choice.value === value)?.text ?? t("unknownFilter"));
  return (
    <FilterChip
      name={t(`filter.${name}`)}
      value={chosen}
      items={
        choices.length === 0
          ? [{ kind: "heading", key: "none", text: t("nothingToChoose") }]
          : choices.map((choice) => ({
              key: choice.value,
              text: choice.text,
              isChecked: choice.value === value,
              onSelect: () => onChoose(choice.value === value ? undefined : choice.value),
            }))
      }
      clearLabel={t("clear", { filter: t(`filter.${name}`) })}
      onClear={() => onChoose(undefined)}
    />
  );
}
