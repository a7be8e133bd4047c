"use client";
import { FilterChip } from "@herald/ui/filter-bar";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import type { ActionName } from "./audit-words.ts";

/** What was done; the choice is in the address. */
export function AuditFilter({
  path,
  action,
  names,
}: {
  readonly path: string;
  readonly action: string | undefined;
  readonly names: readonly ActionName[];
}) {
  const t = useTranslations("settings.audit");
  const router = useRouter();
  return (
    <FilterChip
      name={t("filterWhat")}
      value={names.find((name) => name.action === action)?.text ?? action}
      items={names.map((name) => ({
        key: name.action,
        text: name.text,
        isChecked: name.action === action,
        onSelect: () => router.replace(`${path}?action=${encodeURIComponent(name.action)}`),
      }))}
      clearLabel={t("filterClear")}
      onClear={() => router.replace(path)}
    />
  );
}
