"use client";
import { BareSelect } from "@herald/ui/select";
import { useTranslations } from "use-intl";
import { TypedSearch } from "../../../acting/typed-search.client.tsx";
import type { WantedAddress } from "../../../acting/use-wanted-address.client.ts";
import type { TemplateFilter } from "../read-templates.ts";
import classes from "./content.module.css";
import { useLanguageName } from "./use-language-name.ts";
import type { TemplateAddress } from "./use-template-address.client.ts";

const categories = ["MARKETING", "UTILITY", "AUTHENTICATION"] as const;

type Props = Pick<WantedAddress<TemplateAddress>, "wanted" | "choose"> & { readonly languages: readonly string[] };

/** What is looked for among the templates. */
export function TemplateFilters({ wanted, choose: chooseBy, languages }: Props) {
  const t = useTranslations("wizard.template");
  const languageName = useLanguageName();
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
