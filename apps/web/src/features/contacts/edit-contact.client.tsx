"use client";
import { Button } from "@herald/ui/button";
import { Dialog } from "@herald/ui/dialog";
import { TextField } from "@herald/ui/text-field";
import { showToast } from "@herald/ui/toast";
import { Pencil } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { DoorProblem } from "../../acting/call-door.ts";
import { ProblemState } from "../../acting/problem-words.client.tsx";
import classes from "./person.module.css";
import { type ContactTarget, useContactAct } from "./use-contact-act.client.ts";

type Fields = Readonly<Record<string, string>>;
type Known = { readonly displayName: string; readonly fields: Fields };
/** As the door has it. */
const fieldKey = /^[a-z][a-z0-9_]{0,59}$/;

/** Name and fields of a person. */
export function EditContact({ displayName, fields, ...target }: ContactTarget & Known) {
  const t = useTranslations("contacts");
  const base = useTranslations("base");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Pencil size={16} />} onClick={() => setOpen(true)}>
        {t("person.edit")}
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setOpen} title={t("edit.title")} closeLabel={base("close")}>
        <EditForm {...target} displayName={displayName} fields={fields} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

/** Lives only while the dialog is open: it begins with what is known then. */
function EditForm({ displayName, fields, onDone, ...target }: ContactTarget & Known & { readonly onDone: () => void }) {
  const t = useTranslations("contacts.edit");
  const titleId = useId();
  const { isBusy, send } = useContactAct(target);
  // What differs is told against this, not against what a refresh of the page brings meanwhile.
  const [loaded] = useState({ displayName, fields });
  const [name, setName] = useState(displayName);
  const [values, setValues] = useState(fields);
  const [added, setAdded] = useState({ key: "", value: "" });
  const [keyProblem, setKeyProblem] = useState<"keyWrong" | "keyTaken" | null>(null);
  const [problem, setProblem] = useState<DoorProblem | null>(null);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const key = added.key.trim();
    const wrong = keyProblemOf(key, added.value, { ...loaded.fields, ...fields });
    setKeyProblem(wrong);
    if (wrong) return;
    const body = {
      ...(name !== loaded.displayName && { displayName: name }),
      fields: changedOf(loaded.fields, key === "" ? values : { ...values, [key]: added.value }),
    };
    const done = await send("", { method: "PATCH", body }, (refused) => {
      setProblem(refused);
      return true;
    });
    if (done === null) return;
    showToast({ tone: "ok", title: t("saved") });
    onDone();
  };
  return (
    <form className={classes.form} onSubmit={(event) => void save(event)} noValidate>
      {problem ? <ProblemState problem={problem} /> : null}
      <TextField
        label={t("name")}
        hint={t("nameHint")}
        value={name}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className={classes.fields} aria-describedby={titleId}>
        <legend>{t("fieldsTitle")}</legend>
        <p id={titleId} className={classes.muted}>
          {t("fieldsHint")}
        </p>
        {Object.keys(loaded.fields)
          .toSorted()
          .map((key) => (
            <TextField
              key={key}
              label={key}
              value={values[key] ?? ""}
              maxLength={1000}
              autoComplete="off"
              onChange={(event) => setValues({ ...values, [key]: event.target.value })}
            />
          ))}
        <div className={classes.fieldRow}>
          <TextField
            label={t("newKey")}
            hint={t("newKeyHint")}
            value={added.key}
            error={keyProblem ? t(keyProblem) : undefined}
            maxLength={60}
            autoComplete="off"
            autoCapitalize="off"
            onChange={(event) => setAdded({ ...added, key: event.target.value })}
          />
          <TextField
            label={t("newValue")}
            value={added.value}
            maxLength={1000}
            autoComplete="off"
            onChange={(event) => setAdded({ ...added, value: event.target.value })}
          />
        </div>
      </fieldset>
      <Button type="submit" variant="primary" isLoading={isBusy}>
        {t("save")}
      </Button>
    </form>
  );
}

function keyProblemOf(key: string, value: string, known: Fields): "keyWrong" | "keyTaken" | null {
  if (key === "") return value.trim() === "" ? null : "keyWrong";
  if (!fieldKey.test(key)) return "keyWrong";
  return Object.hasOwn(known, key) ? "keyTaken" : null;
}

/** Only what differs is sent: what a colleague changed meanwhile stays. */
const changedOf = (before: Fields, after: Fields): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(after).flatMap(([key, value]) => (before[key] === value ? [] : [[key, value.trim() === "" ? null : value]])),
  );
