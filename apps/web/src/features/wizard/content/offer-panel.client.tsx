"use client";
import { Button } from "@herald/ui/button";
import { IconButton } from "@herald/ui/icon-button";
import { Panel } from "@herald/ui/page-header";
import { TextField } from "@herald/ui/text-field";
import { Plus, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { useWizard } from "../frame/wizard.client.tsx";
import type { OfferRow } from "../model/draft-content.ts";
import classes from "./content.module.css";

const most = 20;

/** What is offered, in facts: nothing of it is sent, whoever answers replies has it at hand. */
export function OfferPanel() {
  const { content, change, issueAt } = useWizard();
  const t = useTranslations("wizard.offer");
  const rows = content.offer ?? [];
  const put = (at: number, row: OfferRow): void => change({ offer: rows.map((before, index) => (index === at ? row : before)) });
  return (
    <Panel title={t("title")}>
      <p className={classes.quiet}>{t("text")}</p>
      {rows.length > 0 ? (
        <ul className={classes.rows}>
          {rows.map((row, index) => (
            <li key={index} className={classes.offer}>
              <TextField
                label={t("label")}
                placeholder={t("labelPlaceholder")}
                maxLength={100}
                value={row.label}
                error={issueAt(`offer.${index}.label`)}
                onChange={({ target }) => put(index, { ...row, label: target.value })}
              />
              <TextField
                label={t("value")}
                placeholder={t("valuePlaceholder")}
                maxLength={1000}
                value={row.value}
                error={issueAt(`offer.${index}.value`)}
                onChange={({ target }) => put(index, { ...row, value: target.value })}
              />
              <IconButton
                label={t("remove", { label: row.label || t("label") })}
                icon={<X size={16} />}
                className={classes.remove}
                onClick={() => change({ offer: rows.filter((_, other) => other !== index) })}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {rows.length < most ? (
        <div>
          <Button size="small" icon={<Plus size={14} />} onClick={() => change({ offer: [...rows, { label: "", value: "" }] })}>
            {t("add")}
          </Button>
        </div>
      ) : (
        <p className={classes.quiet}>{t("full", { count: most })}</p>
      )}
    </Panel>
  );
}
