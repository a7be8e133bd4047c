"use client";
import { FilterBar, FilterChip } from "@herald/ui/filter-bar";
import { Link } from "@herald/ui/link";
import { useTranslations } from "use-intl";
import { TypedSearch } from "../../acting/typed-search.client.tsx";
import { useWantedAddress } from "../../acting/use-wanted-address.client.ts";
import { bucketChoices, everybody, type ListAddress, queryOf } from "./list-address.ts";
import { reasonKeys } from "./recipient-words.ts";
import classes from "./recipients.module.css";

/** Every choice is in the address, so that a colleague sees the same list. */
export function ListFilters({ here, address }: { readonly here: string; readonly address: ListAddress }) {
  const t = useTranslations("recipients");
  const { wanted, choose: chooseBy, linkTo } = useWantedAddress(address, (next) => `${here}${queryOf(next)}`);
  const choose = (change: Partial<ListAddress>): void => chooseBy((before) => ({ ...before, ...change }));
  const { buckets, reason, code } = wanted;
  const [bucket] = buckets;
  const chosen =
    bucket === undefined ? undefined : buckets.length === 1 ? t(`buckets.${bucket}`) : t("filter.several", { count: buckets.length });
  const reasonKey = reason === null ? undefined : reasonKeys(reason).find((key) => t.has(key));
  const clear = (name: string): string => t("filter.clear", { name });
  return (
    <FilterBar label={t("filters")} end={queryOf(wanted) === "" ? null : <Link {...linkTo(everybody)}>{t("filter.clearAll")}</Link>}>
      <TypedSearch
        label={t("search")}
        placeholder={t("search")}
        className={classes.search}
        maxLength={100}
        value={wanted.search}
        onSearch={(search) => choose({ search })}
      />
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
