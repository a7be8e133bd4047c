"use client";
import { FilterBar, FilterChip } from "@herald/ui/filter-bar";
import { Link } from "@herald/ui/link";
import { SearchBox } from "@herald/ui/text-field";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { bucketChoices, type ListAddress, queryOf } from "./list-address.ts";
import { reasonKeys } from "./recipient-words.ts";
import classes from "./recipients.module.css";

/** What is typed is looked for once the typing rests. */
const restMs = 250;

/** Every choice is in the address, so that a colleague sees the same list. */
export function ListFilters({ here, address }: { readonly here: string; readonly address: ListAddress }) {
  const t = useTranslations("recipients");
  const router = useRouter();
  const choose = (change: Partial<ListAddress>): void => router.replace(`${here}${queryOf({ ...address, ...change })}`, { scroll: false });
  const { buckets, reason, code } = address;
  const [bucket] = buckets;
  const chosen =
    bucket === undefined ? undefined : buckets.length === 1 ? t(`buckets.${bucket}`) : t("filter.several", { count: buckets.length });
  const reasonKey = reason === null ? undefined : reasonKeys(reason).find((key) => t.has(key));
  const clear = (name: string): string => t("filter.clear", { name });
  return (
    <FilterBar label={t("filters")} end={queryOf(address) === "" ? null : <Link href={here}>{t("filter.clearAll")}</Link>}>
      <PersonSearch search={address.search} label={t("search")} onSearch={(search) => choose({ search })} />
      <FilterChip
        name={t("filter.state")}
        value={chosen}
        clearLabel={clear(t("filter.state"))}
        onClear={() => choose({ buckets: [] })}
        items={bucketChoices.map((choice) => ({
          key: choice,
          text: t(`buckets.${choice}`),
          isChecked: buckets.includes(choice),
          onSelect: () => choose({ buckets: [choice] }),
        }))}
      />
      {reason === null ? null : (
        <FilterChip
          name={t("filter.reason")}
          value={reasonKey === undefined ? reason : t(reasonKey)}
          clearLabel={clear(t("filter.reason"))}
          onClear={() => choose({ reason: null })}
          items={[{ key: "clear", text: clear(t("filter.reason")), onSelect: () => choose({ reason: null }) }]}
        />
      )}
      {code === null ? null : (
        <FilterChip
          name={t("filter.code")}
          value={code}
          clearLabel={clear(t("filter.code"))}
          onClear={() => choose({ code: null })}
          items={[{ key: "clear", text: clear(t("filter.code")), onSelect: () => choose({ code: null }) }]}
        />
      )}
    </FilterBar>
  );
}

function PersonSearch({
  search,
  label,
  onSearch,
}: {
  readonly search: string;
  readonly label: string;
  readonly onSearch: (search: string) => void;
}) {
  const [typed, setTyped] = useState(search);
  const [seen, setSeen] = useState(search);
  const [isWriting, setWriting] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // the address changed by itself (cleared, the way back): the box follows it, but never under the hands of who types
  if (seen !== search) {
    setSeen(search);
    if (!isWriting) setTyped(search);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <SearchBox
      label={label}
      placeholder={label}
      icon={<Search size={14} />}
      className={classes.search}
      value={typed}
      maxLength={100}
      onFocus={() => setWriting(true)}
      onBlur={() => setWriting(false)}
      onChange={({ target: { value } }) => {
        setTyped(value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => onSearch(value.trim()), restMs);
      }}
    />
  );
}
