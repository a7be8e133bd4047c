"use client";
import { Button } from "@herald/ui/button";
import { Checkbox } from "@herald/ui/choice";
import { Popover } from "@herald/ui/popover";
import { SearchBox } from "@herald/ui/text-field";
import { Plus, Search } from "lucide-react";
import { useMemo, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { AudiencePart } from "../read-people.ts";
import classes from "./audience.module.css";
import { Chip } from "./chip.tsx";

export type PartPickerProps = {
  readonly kind: "lists" | "tags" | "imports";
  readonly parts: readonly AudiencePart[];
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  readonly isLeavingOut: boolean;
};
/** More are found by typing. */
const mostShown = 100;

/** Several of many: what is chosen stands open, the rest is found in a list. */
export function PartPicker({ kind, parts, chosen, onChange, isLeavingOut }: PartPickerProps) {
  const t = useTranslations("wizard.audience");
  const format = useFormatter();
  const [words, setWords] = useState("");
  const byId = useMemo(() => new Map(parts.map((part) => [part.id, part])), [parts]);
  const wanted = words.trim().toLowerCase();
  const found = wanted === "" ? parts : parts.filter(({ name }) => name.toLowerCase().includes(wanted));
  const detailOf = ({ people, atMs }: AudiencePart): string =>
    atMs === null
      ? t("people", { count: people })
      : t("importDetail", { count: people, at: format.dateTime(atMs, { dateStyle: "medium" }) });
  const verb = t(isLeavingOut ? `${kind}.leaveOut` : `${kind}.add`);
  return (
    <div className={classes.picker}>
      <div className={classes.pickerHead}>
        <h3 className={classes.kind}>{t(`${kind}.title`)}</h3>
        <Popover
          align="end"
          label={verb}
          trigger={
            <Button size="small" icon={<Plus size={14} />} disabled={parts.length === 0}>
              {verb}
            </Button>
          }
        >
          <div className={classes.options}>
            <SearchBox
              label={t(`${kind}.search`)}
              placeholder={t(`${kind}.search`)}
              icon={<Search size={14} />}
              value={words}
              onChange={({ target }) => setWords(target.value)}
            />
            <ul className={classes.optionList}>
              {found.slice(0, mostShown).map((part) => (
                <li key={part.id}>
                  <Checkbox
                    label={part.name}
                    hint={detailOf(part)}
                    checked={chosen.includes(part.id)}
                    onChange={({ target }) => onChange(target.checked ? [...chosen, part.id] : chosen.filter((id) => id !== part.id))}
                  />
                </li>
              ))}
            </ul>
            {found.length === 0 ? <p className={classes.quiet}>{t("nothingFound")}</p> : null}
            {found.length > mostShown ? <p className={classes.quiet}>{t("moreFound", { count: found.length - mostShown })}</p> : null}
          </div>
        </Popover>
      </div>
      {parts.length === 0 ? <p className={classes.quiet}>{t(`${kind}.none`)}</p> : null}
      {chosen.length > 0 ? (
        <ul className={classes.chips} aria-label={t(`${kind}.title`)}>
          {chosen.map((id) => {
            const part = byId.get(id);
            return (
              <Chip
                key={id}
                text={part?.name ?? t("gone")}
                detail={part ? t("people", { count: part.people }) : ""}
                removeLabel={t("remove", { name: part?.name ?? t("gone") })}
                onRemove={() => onChange(chosen.filter((one) => one !== id))}
              />
            );
          })}
        </ul>
      ) : null}
    </div>
  );
}
