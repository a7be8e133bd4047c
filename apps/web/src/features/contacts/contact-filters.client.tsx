"use client";
import type { ContactCount } from "@herald/contacts";
import { FilterBar, FilterChip } from "@herald/ui/filter-bar";
import { SearchBox } from "@herald/ui/text-field";
import { Search } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import classes from "./contacts.module.css";
import { type FilterKey, type Filters, queryOf, withFilter } from "./filters.ts";
import type { Choice, Choices } from "./read-contacts.ts";

/** Typing pauses this long before the search is asked. */
const pauseMs = 250;
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
  const router = useRouter();
  const path = usePathname();
  const [isPending, startTransition] = useTransition();
  const show = (next: Filters): void => startTransition(() => router.replace(`${path}${queryOf(next)}`, { scroll: false }));
  const choicesOf: Readonly<Record<(typeof chipKeys)[number], readonly Choice[]>> = {
    ...choices,
    consent: (["granted", "withdrawn", "none"] as const).map((value) => ({ value, text: t(`consent.${value}`) })),
    status: (["active", "deleted"] as const).map((value) => ({ value, text: t(`status.${value}`) })),
  };
  return (
    <div className={classes.finding}>
      <ContactSearch search={filters.search ?? ""} onSearch={(search) => show(withFilter(filters, "search", search))} />
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
            value={filters[key]}
            choices={choicesOf[key]}
            onChoose={(value) => show(withFilter(filters, key, value))}
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

function ContactSearch({ search, onSearch }: { readonly search: string; readonly onSearch: (search: string) => void }) {
  const t = useTranslations("contacts");
  const [text, setText] = useState(search);
  const told = useRef(search);
  // an address that changed otherwise (back, a link) is shown; what is just being typed is not overwritten by its own answer
  useEffect(() => {
    if (search === told.current) return;
    told.current = search;
    setText(search);
  }, [search]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === told.current) return;
    const timer = setTimeout(() => {
      told.current = wanted;
      onSearch(wanted);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  return (
    <SearchBox
      label={t("search")}
      icon={<Search size={14} />}
      placeholder={t("searchPlaceholder")}
      value={text}
      maxLength={100}
      className={classes.search}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
