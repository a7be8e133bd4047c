"use client";
import type { Placeholder, VariableSource } from "@herald/campaign";
import { Panel } from "@herald/ui/page-header";
import { Select } from "@herald/ui/select";
import { TextField } from "@herald/ui/text-field";
import { ArrowLeft, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { useWizard } from "../frame/wizard.client.tsx";
import { fieldWords, type TemplateView } from "../model/template.ts";
import classes from "./content.module.css";

const ownName = "display_name";

/** One row for each place of the template: where its value comes from, what stands there without one, and how many people that concerns. */
export function VariablesPanel({ template }: { readonly template: TemplateView }) {
  const t = useTranslations("wizard.variables");
  return (
    <Panel title={t("title")}>
      <ul className={classes.rows}>
        {template.placeholders.map((placeholder) => (
          <VariableRow key={placeholder.key} placeholder={placeholder} headerKind={template.header?.kind ?? "other"} />
        ))}
      </ul>
    </Panel>
  );
}

type HeaderKind = NonNullable<TemplateView["header"]>["kind"];

function VariableRow({
  placeholder: { key, part, name },
  headerKind,
}: {
  readonly placeholder: Placeholder;
  readonly headerKind: HeaderKind;
}) {
  const { content, change, sample, issueAt } = useWizard();
  const t = useTranslations("wizard.variables");
  const source = content.variables?.[key];
  const put = (next: VariableSource | undefined): void => {
    const others = Object.fromEntries(Object.entries(content.variables ?? {}).filter(([other]) => other !== key));
    change({ variables: next === undefined ? others : { ...others, [key]: next } });
  };
  const fields = [
    ...new Set([...sample.fields, ...(source?.from === "field" && source.field !== ownName ? [source.field] : [])]),
  ].toSorted();
  const label =
    part === "header_media" ? t(`media.${headerKind}`) : part === "button" ? t("button", { number: Number(name) + 1 }) : `{{${name}}}`;
  const error = issueAt(`variables.${key}`);
  return (
    <li className={classes.row}>
      <Select
        label={
          <span className={classes.place} data-plain={part === "header_media" || part === "button" || undefined}>
            {label}
            <ArrowLeft size={14} className={classes.from} aria-hidden="true" />
          </span>
        }
        placeholder={t("choose")}
        value={source === undefined ? "" : source.from === "static" ? "static" : `field:${source.field}`}
        error={source === undefined ? error : undefined}
        options={[
          { value: `field:${ownName}`, text: t("contactField", { field: t("ownName") }) },
          ...fields.map((field) => ({ value: `field:${field}`, text: t("contactField", { field: fieldWords(field) }) })),
          { value: "static", text: part === "header_media" ? t("fixedLink") : t("fixedText") },
        ]}
        onChange={({ target: { value } }) => {
          if (value === "") return put(undefined);
          if (value === "static") return put({ from: "static", value: source?.from === "static" ? source.value : "" });
          const fallback = source?.from === "field" ? source.fallback : undefined;
          put({ from: "field", field: value.slice("field:".length), ...(fallback !== undefined && { fallback }) });
        }}
      />
      {source?.from === "static" ? (
        <TextField
          label={part === "header_media" ? t("link") : part === "button" ? t("linkEnd") : t("text")}
          placeholder={part === "header_media" ? "https://" : undefined}
          inputMode={part === "header_media" ? "url" : "text"}
          hint={part === "header_media" ? t("linkHint") : undefined}
          value={source.value}
          error={error}
          onChange={({ target }) => put({ from: "static", value: target.value })}
        />
      ) : null}
      {source?.from === "field" ? (
        <TextField
          label={part === "header_media" ? t("elseLink") : t("else")}
          placeholder={t("elsePlaceholder")}
          inputMode={part === "header_media" ? "url" : "text"}
          hint={part === "header_media" ? t("linkHint") : undefined}
          maxLength={1000}
          value={source.fallback ?? ""}
          error={error}
          onChange={({ target }) => put({ from: "field", field: source.field, fallback: target.value })}
        />
      ) : null}
      <VariableWarning placeholderKey={key} source={source} />
    </li>
  );
}

/** How many people have no value of their own, by the newest count; nothing while there is none of this audience. */
function VariableWarning({ placeholderKey, source }: { readonly placeholderKey: string; readonly source: VariableSource | undefined }) {
  const { preview } = useWizard();
  const t = useTranslations("wizard.variables");
  if (source?.from !== "field" || preview.answer === null || preview.isOfSample) return null;
  const field = source.field === ownName ? t("ownName").toLowerCase() : fieldWords(source.field).toLowerCase();
  const fellBack = preview.answer.fallbacks[placeholderKey] ?? 0;
  const leftOut = preview.answer.missingVariables[placeholderKey] ?? 0;
  if (fellBack + leftOut === 0) return null;
  return (
    <p className={classes.warning} role="status">
      <TriangleAlert size={14} aria-hidden="true" />
      {leftOut > 0 ? t("leftOut", { count: leftOut, field }) : t("fellBack", { count: fellBack, field, fallback: source.fallback ?? "" })}
    </p>
  );
}
