"use client";
import { BareSelect } from "@herald/ui/select";
import { SearchBox } from "@herald/ui/text-field";
import { Search } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { TemplateFilter } from "../read-templates.ts";
import classes from "./content.module.css";
import { useLanguageName } from "./use-language-name.ts";

const restMs = 250;
const categories = ["MARKETING", "UTILITY", "AUTHENTICATION"] as const;

/** What is looked for stands in the address, so that a colleague who is sent it sees the same. */
export function TemplateFilters({ filter, languages }: { readonly filter: TemplateFilter; readonly languages: readonly string[] }) {
  const t = useTranslations("wizard.template");
  const languageName = useLanguageName();
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const [words, setWords] = useState(filter.words);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const put = (key: string, value: string): void => {
    const next = new URLSearchParams(params);
    if (value === "") next.delete(key);
    else next.set(key, value);
    router.replace(`${pathname}?${next}`, { scroll: false });
  };
  return (
    <div className={classes.filters} role="search" aria-label={t("search")}>
      <SearchBox
        label={t("search")}
        placeholder={t("search")}
        icon={<Search size={14} />}
        value={words}
        className={classes.search ?? ""}
        onChange={({ target }) => {
          setWords(target.value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => put("q", target.value.trim()), restMs);
        }}
      />
      <BareSelect
        aria-label={t("filters.category")}
        placeholder={t("filters.anyCategory")}
        value={filter.category}
        options={categories.map((value) => ({ value, text: t(`categories.${value}`) }))}
        onChange={({ target }) => put("category", target.value)}
      />
      <BareSelect
        aria-label={t("filters.language")}
        placeholder={t("filters.anyLanguage")}
        value={filter.language}
        options={languages.map((value) => ({ value, text: languageName(value) }))}
        onChange={({ target }) => put("language", target.value)}
      />
      <BareSelect
        aria-label={t("filters.status")}
        placeholder={t("filters.anyStatus")}
        value={filter.status}
        options={[
          { value: "APPROVED", text: t("filters.approved") },
          { value: "other", text: t("filters.notApproved") },
        ]}
        onChange={({ target }) => put("status", target.value)}
      />
    </div>
  );
}
