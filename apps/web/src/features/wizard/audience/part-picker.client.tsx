"use client";
import { Button } from "@herald/ui/button";
import { Checkbox } from "@herald/ui/choice";
import { Popover } from "@herald/ui/popover";
import { SearchBox } from "@herald/ui/text-field";
import { Plus, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { type AudiencePart, fitting, type PartChoice, type PartKind, wantedWords } from "../model/audience-parts.ts";
import classes from "./audience.module.css";
import { Chip } from "./chip.tsx";

export type PartPickerProps = {
  readonly kind: PartKind;
  readonly choice: PartChoice;
  readonly chosen: readonly string[];
  readonly partOf: (id: string) => AudiencePart | "gone" | "unknown";
  readonly onChange: (ids: readonly string[], chosen?: AudiencePart) => void;
  readonly onSearch: (words: string) => void;
  readonly isLeavingOut: boolean;
};
/** More are found by typing. */
const mostShown = 100;
/** Where not all are here, the rest is looked for once the typing rests so long. */
const restMs = 250;

/** Several of many: what is chosen stands open, the rest is found in a list. */
export function PartPicker({ kind, choice, chosen, partOf, onChange, onSearch, isLeavingOut }: PartPickerProps) {
  const t = useTranslations("wizard.audience");
  const format = useFormatter();
  const [typed, setTyped] = useState(choice.words);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const found = fitting(choice, typed);
  // all that there are stand here: what is typed picks among them
  const isWhole = !choice.isCut && choice.words === "";
  const isSearching = !isWhole && wantedWords(typed) !== choice.words;
  const isNone = isWhole && choice.parts.length === 0;
  const type = (words: string): void => {
    setTyped(words);
    clearTimeout(timer.current);
    if (!isWhole) timer.current = setTimeout(() => onSearch(wantedWords(words)), restMs);
  };
  const detailOf = ({ people, atMs }: AudiencePart): string =>
    atMs === null
      ? t("people", { count: people })
      : t("importDetail", { count: people, at: format.dateTime(atMs, { dateStyle: "medium" }) });
  const restOf = (count: number): string => {
    if (count === 0) return t("nothingFound");
    if (choice.isCut) return t("cut");
    return count > mostShown ? t("moreFound", { count: count - mostShown }) : "";
  };
  const verb = t(isLeavingOut ? `${kind}.leaveOut` : `${kind}.add`);
  return (
    <div className={classes.picker}>
      <div className={classes.pickerHead}>
        <h3 className={classes.kind}>{t(`${kind}.title`)}</h3>
        <Popover
          align="end"
          label={verb}
          trigger={
            <Button size="small" icon={<Plus size={14} />} disabled={isNone}>
              {verb}
            </Button>
          }
        >
          <div className={classes.options}>
            <SearchBox
              label={t(`${kind}.search`)}
              placeholder={t(`${kind}.search`)}
              icon={<Search size={14} />}
              value={typed}
              onChange={({ target }) => type(target.value)}
            />
            <ul className={classes.optionList}>
              {found.slice(0, mostShown).map((part) => (
                <li key={part.id}>
                  <Checkbox
                    label={part.name}
                    hint={detailOf(part)}
                    checked={chosen.includes(part.id)}
                    onChange={({ target }) =>
                      target.checked ? onChange([...chosen, part.id], part) : onChange(chosen.filter((id) => id !== part.id))
                    }
                  />
                </li>
              ))}
            </ul>
            <p className={classes.quiet} role="status">
              {isSearching ? t("searching") : restOf(found.length)}
            </p>
          </div>
        </Popover>
      </div>
      {isNone ? <p className={classes.quiet}>{t(`${kind}.none`)}</p> : null}
      {chosen.length > 0 ? (
        <ul className={classes.chips} aria-label={t(`${kind}.title`)}>
          {chosen.map((id) => {
            const part = partOf(id);
            const text = part === "gone" ? t("gone") : part === "unknown" ? t("unread") : part.name;
            return (
              <Chip
                key={id}
                text={text}
                detail={typeof part === "string" ? "" : t("people", { count: part.people })}
                removeLabel={t("remove", { name: text })}
                onRemove={() => onChange(chosen.filter((one) => one !== id))}
              />
            );
          })}
        </ul>
      ) : null}
    </div>
  );
}
