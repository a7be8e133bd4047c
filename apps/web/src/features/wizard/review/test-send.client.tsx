"use client";
import { Button } from "@herald/ui/button";
import { Radio } from "@herald/ui/choice";
import { Link } from "@herald/ui/link";
import { Panel } from "@herald/ui/page-header";
import { SkeletonText } from "@herald/ui/skeleton";
import { SearchBox } from "@herald/ui/text-field";
import { showToast } from "@herald/ui/toast";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type Dispatch, type SetStateAction, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { callDoor, type DoorProblem } from "../../../acting/call-door.ts";
import { newKey } from "../../../acting/new-key.ts";
import { ProblemState } from "../../../acting/problem-words.client.tsx";
import { useAct } from "../../../acting/use-act.client.ts";
import { askPeople } from "../audience/ask-people.ts";
import { type FoundPerson, usePeopleSearch } from "../audience/use-people-search.client.ts";
import { useWizard } from "../frame/wizard.client.tsx";
import { forgetTestKey, testRequestOf } from "../model/send-key.ts";
import classes from "./review.module.css";
import { Unsaved } from "./unsaved.client.tsx";

const storageKey = (workspaceId: string): string => `herald-test-to:${workspaceId}`;

/** One message to oneself, ahead of everything else; however often it is tried, once. Whoever got the last test is offered first. */
export function TestSend() {
  const { workspaceId, draftId, store, lacks, template } = useWizard();
  const t = useTranslations("wizard.test");
  const router = useRouter();
  const { isBusy, act } = useAct();
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<FoundPerson | null>(null);
  const [problem, setProblem] = useState<DoorProblem | null>(null);
  const [isUnsaved, setUnsaved] = useState(false);
  const { people, state } = usePeopleSearch(workspaceId, words);
  useLastTested(workspaceId, setChosen);
  const needsConsent = template?.category === "MARKETING";
  const found = needsConsent ? people.toSorted((one, other) => Number(other.hasConsent) - Number(one.hasConsent)) : people;
  // who is chosen stands there, wherever the search would put them
  const shown = chosen === null ? found : [chosen, ...found.filter(({ contactId }) => contactId !== chosen.contactId)];
  const isReady = lacks.every((lack) => lack === "audience");

  const send = async (): Promise<void> => {
    setProblem(null);
    if (chosen === null) return;
    const isSaved = await store.flush();
    setUnsaved(!isSaved);
    if (!isSaved) return;
    const { senderId, template: named, variables = {} } = store.get().content;
    const needed = new Set(template?.placeholders.map(({ key }) => key));
    const used = Object.fromEntries(Object.entries(variables).filter(([key]) => needed.has(key)));
    const wish = { workspaceId, senderId, template: named, variables: used, contactIds: [chosen.contactId] };
    const request = testRequestOf(sessionStorage, draftId, wish, newKey);
    const sent = await act(
      () =>
        callDoor<{ readonly campaignId: string; readonly note: string | null }>("/api/campaigns/test-send", { method: "POST", ...request }),
      (said) => {
        setProblem(said);
        return true;
      },
    );
    if (sent === null) return;
    forgetTestKey(sessionStorage, draftId);
    localStorage.setItem(storageKey(workspaceId), chosen.contactId);
    showToast({
      tone: "ok",
      title: t("sent", { name: chosen.name || t("nameless") }),
      ...(sent.note !== null && { text: sent.note }),
      action: { verb: t("look"), onClick: () => router.push(`/panel/w/${workspaceId}/campaigns/${sent.campaignId}`) },
    });
  };

  return (
    <Panel title={t("title")}>
      <p className={classes.quiet}>{t("text")}</p>
      <SearchBox
        label={t("search")}
        placeholder={t("search")}
        icon={<Search size={14} />}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      {state === "asking" ? <SkeletonText lines={2} label={t("searching")} /> : null}
      {state === "failed" ? <p className={classes.bad}>{t("failed")}</p> : null}
      {state === "found" && people.length === 0 ? (
        <p className={classes.quiet}>
          {t("none")} <Link href={`/panel/w/${workspaceId}/contacts/import`}>{t("toImport")}</Link>
        </p>
      ) : null}
      {shown.length > 0 ? (
        <fieldset className={classes.found}>
          <legend>{t("to")}</legend>
          {shown.slice(0, 6).map((person) => (
            <Radio
              key={person.contactId}
              name="test-to"
              label={person.name || t("nameless")}
              hint={
                <>
                  <bdi>{person.phone ?? ""}</bdi>
                  {needsConsent && !person.hasConsent ? ` ${t("noConsent")}` : ""}
                </>
              }
              checked={person.contactId === chosen?.contactId}
              onChange={() => setChosen(person)}
            />
          ))}
        </fieldset>
      ) : null}
      {problem ? <ProblemState problem={problem} action={problem.type === "offline" ? <p>{t("onlyOnce")}</p> : null} /> : null}
      {isUnsaved ? <Unsaved /> : null}
      <div className={classes.actions}>
        <Button disabled={chosen === null || !isReady} isLoading={isBusy} onClick={() => void send()}>
          {chosen === null ? t("verb") : t("verbTo", { name: chosen.name || t("nameless") })}
        </Button>
        {isReady ? null : <p className={classes.quiet}>{t("notReady")}</p>}
      </div>
    </Panel>
  );
}

/** The id alone is kept in this browser; the name is asked for. Whoever was chosen meanwhile stays chosen. */
function useLastTested(workspaceId: string, setChosen: Dispatch<SetStateAction<FoundPerson | null>>): void {
  useEffect(() => {
    const contactId = localStorage.getItem(storageKey(workspaceId));
    if (contactId === null) return;
    let isGone = false;
    void askPeople(workspaceId, [contactId]).then((people) => {
      const [person] = people ?? [];
      if (!isGone && person) setChosen((before) => before ?? person);
    });
    return () => {
      isGone = true;
    };
  }, [setChosen, workspaceId]);
}
