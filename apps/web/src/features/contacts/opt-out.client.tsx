"use client";
import { Button } from "@herald/ui/button";
import { ConfirmDialog } from "@herald/ui/confirm-dialog";
import { TextArea } from "@herald/ui/text-field";
import { showToast } from "@herald/ui/toast";
import { CircleSlash, Undo2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import classes from "./person.module.css";
import { type ContactTarget, useContactAct } from "./use-contact-act.client.ts";

const maxNote = 500;

/** A member says that the person wants no marketing; what follows is told before. */
export function RecordOptOut({ name, ...target }: ContactTarget & { readonly name: string }) {
  const t = useTranslations("contacts.optOut");
  const { isBusy, send } = useContactAct(target);
  const record = async (note: string): Promise<boolean> => {
    const done = await send<{ readonly isNew: boolean }>("/opt-out", { method: "POST", body: { note } });
    if (done === null) return false;
    showToast({ tone: "ok", title: t(done.isNew ? "done" : "already"), text: t(done.isNew ? "doneText" : "alreadyText") });
    return true;
  };
  return (
    <WithNote
      verb={t("verb")}
      icon={<CircleSlash size={16} />}
      title={t("title", { name })}
      label={t("note")}
      hint={t("noteHint")}
      needed={t("noteNeeded")}
      confirm={t("confirm")}
      stay={t("stay")}
      tone="danger"
      isBusy={isBusy}
      onConfirm={record}
    >
      {t("follows")}
    </WithNote>
  );
}

/** An admin takes back what a member recorded. */
export function LiftOptOut({ name, before, ...target }: ContactTarget & { readonly name: string; readonly before: "granted" | "none" }) {
  const t = useTranslations("contacts.lift");
  const { isBusy, send } = useContactAct(target);
  const lift = async (note: string): Promise<boolean> => {
    const done = await send<{ readonly consent: "granted" | "none" }>("/lift-opt-out", { method: "POST", body: { note } });
    if (done === null) return false;
    showToast({ tone: "ok", title: t("done"), text: t(done.consent === "granted" ? "doneGranted" : "doneNone") });
    return true;
  };
  return (
    <WithNote
      verb={t("verb")}
      icon={<Undo2 size={16} />}
      title={t("title", { name })}
      label={t("note")}
      hint={t("noteHint")}
      needed={t("noteNeeded")}
      confirm={t("confirm")}
      stay={t("stay")}
      tone="primary"
      isBusy={isBusy}
      onConfirm={lift}
    >
      {t(before === "granted" ? "followsGranted" : "followsNone")}
    </WithNote>
  );
}

/** A question with the one thing that must be written down. */
function WithNote(props: {
  readonly verb: string;
  readonly icon: ReactNode;
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly needed: string;
  readonly confirm: string;
  readonly stay: string;
  readonly tone: "primary" | "danger";
  readonly isBusy: boolean;
  readonly children: string;
  /** True: done, and the question closes. */
  readonly onConfirm: (note: string) => Promise<boolean>;
}) {
  const [isOpen, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const [isMissing, setMissing] = useState(false);
  const open = (wanted: boolean): void => {
    setOpen(wanted);
    setNote("");
    setMissing(false);
  };
  const confirm = async (): Promise<void> => {
    if (note.trim() === "") return setMissing(true);
    if (await props.onConfirm(note.trim())) open(false);
  };
  return (
    <>
      <Button icon={props.icon} onClick={() => open(true)}>
        {props.verb}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={open}
        title={props.title}
        verb={props.confirm}
        stayVerb={props.stay}
        tone={props.tone}
        isBusy={props.isBusy}
        onConfirm={() => void confirm()}
      >
        <div className={classes.form}>
          <p>{props.children}</p>
          <TextArea
            label={props.label}
            hint={props.hint}
            rows={2}
            maxLength={maxNote}
            value={note}
            error={isMissing ? props.needed : undefined}
            onChange={(event) => {
              setNote(event.target.value);
              setMissing(false);
            }}
          />
        </div>
      </ConfirmDialog>
    </>
  );
}
