"use client";
import { ConfirmDialog, type ConfirmDialogProps } from "@herald/ui/confirm-dialog";
import { TextArea } from "@herald/ui/text-field";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { newKey } from "./new-key.ts";

/** As long as the doors take it, in characters. */
const longestNote = 500;

/** `key`: the same one for every try of one decision, which else would be made twice. */
export type Decision = { readonly note: string; readonly key: string };
export type NotedConfirmProps = Omit<ConfirmDialogProps, "onConfirm" | "typed" | "fields"> & {
  /** `needed` says what is missing; without it the note may be left empty. */
  readonly note: { readonly label: string; readonly hint: string; readonly needed?: string };
  /** Answers whether it was done: then the question closes. Else it stays, with what was typed. */
  readonly onConfirm: (decision: Decision) => Promise<boolean>;
};

/** A question whose answer is kept with its reason. */
export function NotedConfirm(props: NotedConfirmProps) {
  return props.isOpen ? <Question {...props} /> : null;
}

/** Lives while the question stands, and so do the note and the key that makes a second press harmless. */
function Question({ note, onConfirm, ...dialog }: NotedConfirmProps) {
  const optional = useTranslations("base")("optional");
  const [words, setWords] = useState("");
  const [isMissing, setMissing] = useState(false);
  const key = useRef<string | null>(null);
  const confirm = async (): Promise<void> => {
    const said = words.trim();
    if (said === "" && note.needed !== undefined) return setMissing(true);
    key.current ??= newKey();
    if (await onConfirm({ note: said, key: key.current })) dialog.onOpenChange(false);
  };
  return (
    <ConfirmDialog
      {...dialog}
      onConfirm={() => void confirm()}
      fields={
        <TextArea
          label={note.label}
          hint={note.hint}
          rows={2}
          maxLength={longestNote}
          value={words}
          optionalText={note.needed === undefined ? optional : undefined}
          error={isMissing ? note.needed : undefined}
          onChange={(event) => {
            setWords(event.target.value);
            setMissing(false);
          }}
        />
      }
    />
  );
}
