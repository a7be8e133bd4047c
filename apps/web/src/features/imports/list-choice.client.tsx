"use client";
import { Combobox } from "@herald/ui/combobox";
import { RadioGroup } from "@herald/ui/radio-group";
import { TextField } from "@herald/ui/text-field";
import { useTranslations } from "use-intl";

export type ListChoice = {
  readonly kind: "new" | "existing" | "none";
  readonly newName: string;
  readonly existingName: string | undefined;
};

/** The name as the door takes it: undefined for no list, null while it is still to be said. */
export function listNameOf({ kind, newName, existingName }: ListChoice): string | undefined | null {
  if (kind === "none") return undefined;
  return (kind === "new" ? newName.trim() : existingName) || null;
}

export type ListFieldProps = {
  readonly lists: readonly string[];
  readonly value: ListChoice;
  readonly onChange: (value: ListChoice) => void;
  /** Says what is missing only once somebody tried without it. */
  readonly isChecked: boolean;
};

export function ListField({ lists, value, onChange, isChecked }: ListFieldProps) {
  const t = useTranslations("imports.new.list");
  const isMissing = isChecked && listNameOf(value) === null;
  const isThere = value.kind === "new" && lists.includes(value.newName.trim());
  return (
    <>
      <RadioGroup
        label={t("label")}
        name="import-list"
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind: kind as ListChoice["kind"] })}
        options={[
          { value: "new", label: t("new") },
          { value: "existing", label: t("existing"), isDisabled: lists.length === 0 },
          { value: "none", label: t("none") },
        ]}
      />
      {value.kind === "new" ? (
        <TextField
          label={t("name")}
          value={value.newName}
          maxLength={120}
          hint={isThere ? t("isThere") : t("newHint")}
          error={isMissing ? t("nameNeeded") : undefined}
          onChange={(event) => onChange({ ...value, newName: event.target.value })}
        />
      ) : null}
      {value.kind === "existing" ? (
        <Combobox
          label={t("choose")}
          options={lists.map((name) => ({ value: name, text: name }))}
          value={value.existingName}
          onChange={(existingName) => onChange({ ...value, existingName })}
          placeholder={t("placeholder")}
          searchLabel={t("search")}
          emptyText={t("nothing")}
          hint={t("existingHint")}
          error={isMissing ? t("chooseNeeded") : undefined}
        />
      ) : null}
    </>
  );
}
