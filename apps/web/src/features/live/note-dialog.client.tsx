"use client";
import { Button } from "@herald/ui/button";
import { Dialog } from "@herald/ui/dialog";
import { TextArea } from "@herald/ui/text-field";
import { type ReactNode, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { newKey } from "../../acting/new-key.ts";
import type { Decision } from "./use-campaign-acts.client.ts";

const longestNote = 500;

export type NoteDialogProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  /** What will happen, and what will not. */
  readonly text: ReactNode;
  /** Says what it does, with its size. */
  readonly verb: string;
  readonly stayVerb: string;
  readonly tone?: "primary" | "danger";
  readonly isBusy: boolean;
  /** False: nothing is asked. Default: a note may be given, and must be with `isNoteNeeded`. */
  readonly hasNote?: boolean;
  readonly isNoteNeeded?: boolean;
  readonly onConfirm: (decision: Decision) => Promise<boolean>;
};

/** A decision with its consequences spelled out, and a word for those who ask later why. Closes once it was done. */
export function NoteDialog({ isOpen, onOpenChange, title, text, stayVerb, tone = "primary", verb, isBusy, ...question }: NoteDialogProps) {
  const base = useTranslations("base");
  const formId = useId();
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={title}
      description={text}
      closeLabel={base("close")}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{stayVerb}</Button>
          <Button type="submit" form={formId} variant={tone} isLoading={isBusy}>
            {verb}
          </Button>
        </>
      }
    >
      <Question formId={formId} close={() => onOpenChange(false)} {...question} />
    </Dialog>
  );
}

type QuestionProps = Pick<NoteDialogProps, "hasNote" | "isNoteNeeded" | "onConfirm"> & {
  readonly formId: string;
  readonly close: () => void;
};

/** Lives while the dialog is open, and so does the key that makes a second press harmless. */
function Question({ formId, close, hasNote = true, isNoteNeeded = false, onConfirm }: QuestionProps) {
  const t = useTranslations("live.note");
  const optional = useTranslations("base")("optional");
  const [note, setNote] = useState("");
  const [isMissing, setMissing] = useState(false);
  const key = useRef<string | null>(null);
  const confirm = async (): Promise<void> => {
    const isEmpty = note.trim() === "";
    setMissing(isNoteNeeded && isEmpty);
    if (isNoteNeeded && isEmpty) return;
    key.current ??= newKey();
    if (await onConfirm({ note: note.trim(), key: key.current })) close();
  };
  return (
    <form
      id={formId}
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
    >
      {hasNote ? (
        <TextArea
          label={t("label")}
          hint={t("hint")}
          rows={2}
          maxLength={longestNote}
          value={note}
          optionalText={isNoteNeeded ? undefined : optional}
          error={isMissing ? t("needed") : undefined}
          onChange={(event) => setNote(event.target.value)}
        />
      ) : null}
    </form>
  );
}
