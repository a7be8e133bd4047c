"use client";
import { Button } from "@herald/ui/button";
import { Checkbox } from "@herald/ui/choice";
import { Popover } from "@herald/ui/popover";
import { SkeletonText } from "@herald/ui/skeleton";
import { SearchBox } from "@herald/ui/text-field";
import { Plus, Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useWizard } from "../frame/wizard.client.tsx";
import { askPeople } from "./ask-people.ts";
import classes from "./audience.module.css";
import { Chip } from "./chip.tsx";
import { type FoundPerson, usePeopleSearch } from "./use-people-search.client.ts";

/** More are a number: nobody reads two hundred names in a row. */
const mostNamed = 50;

/** Single people, found by name or number. */
export function PeoplePicker({
  chosen,
  onChange,
}: {
  readonly chosen: readonly string[];
  readonly onChange: (contactIds: readonly string[]) => void;
}) {
  const { workspaceId } = useWizard();
  const t = useTranslations("wizard.audience");
  const [words, setWords] = useState("");
  const { people, state } = usePeopleSearch(workspaceId, words);
  const { nameOf, note, isFailed, isAsking, askAgain } = useNames(workspaceId, chosen.slice(0, mostNamed));
  const toggle = (person: FoundPerson, isChosen: boolean): void => {
    note([person]);
    onChange(isChosen ? [...chosen, person.contactId] : chosen.filter((id) => id !== person.contactId));
  };
  return (
    <div className={classes.picker}>
      <div className={classes.pickerHead}>
        <h3 className={classes.kind}>{t("persons.title")}</h3>
        <Popover
          align="end"
          label={t("persons.add")}
          trigger={
            <Button size="small" icon={<Plus size={14} />}>
              {t("persons.add")}
            </Button>
          }
        >
          <div className={classes.options}>
            <SearchBox
              label={t("persons.search")}
              placeholder={t("persons.search")}
              icon={<Search size={14} />}
              value={words}
              onChange={({ target }) => setWords(target.value)}
            />
            {state === "asking" ? <SkeletonText lines={3} label={t("persons.searching")} /> : null}
            {state === "idle" ? <p className={classes.quiet}>{t("persons.hint")}</p> : null}
            {state === "failed" ? <p className={classes.bad}>{t("persons.failed")}</p> : null}
            {state === "found" && people.length === 0 ? <p className={classes.quiet}>{t("persons.none")}</p> : null}
            <ul className={classes.optionList}>
              {people.map((person) => (
                <li key={person.contactId}>
                  <Checkbox
                    label={person.name || t("nameless")}
                    hint={person.phone === null ? undefined : <bdi>{person.phone}</bdi>}
                    checked={chosen.includes(person.contactId)}
                    onChange={({ target }) => toggle(person, target.checked)}
                  />
                </li>
              ))}
            </ul>
          </div>
        </Popover>
      </div>
      {chosen.length > 0 ? (
        <ul className={classes.chips} aria-label={t("persons.title")}>
          {chosen.slice(0, mostNamed).map((id, index) => {
            const name = nameOf(id);
            return (
              <Chip
                key={id}
                text={name ?? t("persons.unnamed")}
                detail=""
                removeLabel={
                  name === undefined ? t("persons.removeUnnamed", { position: index + 1, count: chosen.length }) : t("remove", { name })
                }
                onRemove={() => onChange(chosen.filter((one) => one !== id))}
              />
            );
          })}
          {chosen.length > mostNamed ? <li className={classes.quiet}>{t("persons.more", { count: chosen.length - mostNamed })}</li> : null}
        </ul>
      ) : null}
      {isFailed ? (
        <div className={classes.chips} role="alert">
          <p className={classes.bad}>{t("persons.namesFailed")}</p>
          <Button size="small" isLoading={isAsking} onClick={askAgain}>
            {t("persons.readNames")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** A draft knows people by their ids; whoever was just picked needs no asking. */
function useNames(workspaceId: string, contactIds: readonly string[]) {
  const t = useTranslations("wizard.audience");
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map());
  const note = (people: readonly FoundPerson[]): void =>
    setKnown((before) => new Map([...before, ...people.map(({ contactId, name }) => [contactId, name || t("nameless")] as const)]));
  const unknown = contactIds.filter((id) => !known.has(id)).join(" ");
  const [round, setRound] = useState(0);
  // the last question without an answer; it stands until an answer comes
  const [failed, setFailed] = useState<string | null>(null);
  const question = `${round} ${unknown}`;
  useEffect(() => {
    if (unknown === "") return;
    let isGone = false;
    const ids = unknown.split(" ");
    void askPeople(workspaceId, ids).then((people) => {
      if (isGone) return;
      // without an answer nobody is said to be gone
      if (people === null) return setFailed(question);
      setFailed(null);
      const found = new Map(people.map(({ contactId, name }) => [contactId, name || t("nameless")]));
      setKnown((before) => new Map([...before, ...ids.map((id) => [id, found.get(id) ?? t("gone")] as const)]));
    });
    return () => {
      isGone = true;
    };
  }, [question, t, unknown, workspaceId]);
  return {
    nameOf: (id: string) => known.get(id),
    note,
    isFailed: failed !== null && unknown !== "",
    isAsking: failed !== question,
    askAgain: () => setRound((before) => before + 1),
  };
}
