"use client";
import { BareSelect } from "@herald/ui/select";
import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "use-intl";
import { TypedSearch } from "../../../acting/typed-search.client.tsx";
import { useWantedAddress } from "../../../acting/use-wanted-address.client.ts";
import type { TemplateFilter } from "../read-templates.ts";
import classes from "./content.module.css";
import { useLanguageName } from "./use-language-name.ts";

const categories = ["MARKETING", "UTILITY", "AUTHENTICATION"] as const;

/** What is looked for stands in the address, so that a colleague who is sent it sees the same. */
export function TemplateFilters({ filter, languages }: { readonly filter: TemplateFilter; readonly languages: readonly string[] }) {
  const t = useTranslations("wizard.template");
  const languageName = useLanguageName();
  const pathname = usePathname();
  const params = useSearchParams();
  const { wanted, choose: chooseBy } = useWantedAddress(filter, (next) => `${pathname}?${queryOf(params, next)}`);
  const choose = (change: Partial<TemplateFilter>): void => chooseBy((before) => ({ ...before, ...change }));
  return (
    <div className={classes.filters} role="search" aria-label={t("search")}>
      <TypedSearch
        label={t("search")}
        placeholder={t("search")}
        className={classes.search}
        value={wanted.words}
        onSearch={(words) => choose({ words })}
      />
      <BareSelect
        aria-label={t("filters.category")}
        placeholder={t("filters.anyCategory")}
        value={wanted.category}
        options={categories.map((value) => ({ value, text: t(`categories.${value}`) }))}
        onChange={({ target }) => choose({ category: target.value })}
      />
      <BareSelect
        aria-label={t("filters.language")}
        placeholder={t("filters.anyLanguage")}
        value={wanted.language}
        options={languages.map((value) => ({ value, text: languageName(value) }))}
        onChange={({ target }) => choose({ language: target.value })}
      />
      <BareSelect
        aria-label={t("filters.status")}
        placeholder={t("filters.anyStatus")}
        value={wanted.status}
        options={[
          { value: "APPROVED", text: t("filters.approved") },
          { value: "other", text: t("filters.notApproved") },
        ]}
        onChange={({ target }) => choose({ status: target.value })}
      />
    </div>
  );
}

/** The filter in the address, beside whatever else stands there; without what is as usual. */
function queryOf(params: URLSearchParams, { words, category, language, status }: TemplateFilter): string {
  const query = new URLSearchParams(params);
  for (const [key, value] of Object.entries({ q: words, category, language, status })) {
    if (value === "") query.delete(key);
    else query.set(key, value);
  }
  return query.toString();
}
