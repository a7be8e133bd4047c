"use client";
import { Button } from "@herald/ui/button";
import { Switch } from "@herald/ui/choice";
import { Combobox } from "@herald/ui/combobox";
import { FieldGroup } from "@herald/ui/field";
import { TextField } from "@herald/ui/text-field";
import { showToast } from "@herald/ui/toast";
import { showRefusals, useZodForm } from "@herald/ui/use-zod-form";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import { callDoor, type DoorProblem } from "../../acting/call-door.ts";
import { UncheckedForm } from "../../acting/unchecked-form.client.tsx";
import { useAct } from "../../acting/use-act.client.ts";
import classes from "./settings.module.css";
import { changesOf, type SettingsBounds, type SettingsValues, valuesOf } from "./settings-values.ts";

export type CountryName = { readonly value: string; readonly text: string };

/** `none` stands for no default country: a list needs a word for it. */
const noCountry = "none";
const fieldOf = { name: "name", frequencyCapHours: "hours", maxRecipients: "max", defaultCountry: "country" } as const;

export function SettingsForm({
  workspaceId,
  settings,
  countries,
  bounds,
}: {
  readonly workspaceId: string;
  readonly settings: SettingsValues;
  readonly countries: readonly CountryName[];
  readonly bounds: SettingsBounds;
}) {
  const t = useTranslations("settings");
  const router = useRouter();
  const { isBusy, act } = useAct();
  const [known, setKnown] = useState(settings);
  const loadSchema = useCallback(async () => {
    const { settingsSchema } = await import("./settings-schema.ts");
    const { nameCharacters, capHours, recipients } = bounds;
    const name = t("errors.name", { max: nameCharacters });
    const hours = t("errors.hours", { max: capHours, days: capHours / 24 });
    return settingsSchema({ name, hours, max: t("errors.max", { max: recipients }) }, bounds);
  }, [t, bounds]);
  // also in the markup: what the server renders shows its values before the form is awake
  const shown = valuesOf(settings);
  const form = useZodForm(loadSchema, shown);
  const { register, handleSubmit, formState, watch, setValue } = form;
  const { errors, isDirty } = formState;
  const isCapped = watch("isCapped");

  const showAtFields = (problem: DoorProblem): boolean => {
    const refusals = (problem.issues ?? []).flatMap(({ path, message }) => {
      const field = fieldOf[path as keyof typeof fieldOf];
      return field ? [{ field, message }] : [];
    });
    showRefusals(form, refusals);
    return refusals.length > 0;
  };
  const save = handleSubmit(async (given) => {
    const saved = await act(
      () => callDoor<SettingsValues>(`/api/workspaces/${workspaceId}/settings`, { method: "PATCH", body: changesOf(known, given) }),
      showAtFields,
    );
    if (saved === null) return;
    setKnown(saved);
    form.reset(valuesOf(saved));
    showToast({ tone: "ok", title: t("form.saved"), text: t("form.savedText") });
    router.refresh();
  });

  return (
    <form className={classes.form} onSubmit={(event) => void save(event)} noValidate>
      {form.isUnchecked ? <UncheckedForm /> : null}
      <TextField
        label={t("form.name")}
        hint={t("form.nameHint")}
        maxLength={bounds.nameCharacters}
        error={errors.name?.message}
        defaultValue={shown.name}
        {...register("name")}
      />
      <Combobox
        label={t("form.country")}
        hint={t("form.countryHint")}
        options={[{ value: noCountry, text: t("form.countryNone") }, ...countries]}
        value={watch("country") ?? noCountry}
        onChange={(value) => setValue("country", value === noCountry ? null : value, { shouldDirty: true })}
        placeholder={t("form.countryNone")}
        searchLabel={t("form.countrySearch")}
        emptyText={t("form.countryEmpty")}
        error={errors.country?.message}
      />
      <FieldGroup label={t("form.cap")}>
        <Switch label={t("form.capSwitch")} hint={t("form.capHint")} defaultChecked={shown.isCapped} {...register("isCapped")} />
        {isCapped ? (
          <TextField
            className={classes.hours}
            label={t("form.capHours")}
            inputMode="numeric"
            error={errors.hours?.message}
            defaultValue={shown.hours}
            {...register("hours")}
          />
        ) : null}
      </FieldGroup>
      <TextField
        label={t("form.max")}
        hint={t("form.maxHint")}
        inputMode="numeric"
        error={errors.max?.message}
        defaultValue={shown.max}
        {...register("max")}
      />
      <FieldGroup label={t("form.policy")}>
        <Switch
          label={t("form.policySwitch")}
          hint={t("form.policyHint")}
          defaultChecked={shown.onlyAdminsSend}
          {...register("onlyAdminsSend")}
        />
      </FieldGroup>
      <div className={classes.save}>
        <Button type="submit" variant="primary" disabled={!isDirty} isLoading={isBusy || formState.isSubmitting}>
          {t("form.save")}
        </Button>
        {isDirty ? <span className={classes.small}>{t("form.unsaved")}</span> : null}
      </div>
    </form>
  );
}
