"use client";
import { ConfirmDialog, type ConfirmDialogProps } from "@herald/ui/confirm-dialog";
import { TextArea } from "@herald/ui/text-field";
import { useState } from "react";
import classes from "./senders.module.css";

export type NotedConfirmProps = Omit<ConfirmDialogProps, "isOpen" | "onConfirm" | "typed"> & {
  readonly note: { readonly label: string; readonly hint: string; readonly needed: string };
  readonly onConfirm: (note: string) => void;
};

/** A question whose answer is kept with its reason. */
export function NotedConfirm({ note, onConfirm, children, ...dialog }: NotedConfirmProps) {
  const [words, setWords] = useState("");
  const [isMissing, setMissing] = useState(false);
  const confirm = (): void => {
    const said = words.trim();
    if (said === "") setMissing(true);
    else onConfirm(said);
  };
  return (
    <ConfirmDialog {...dialog} isOpen onConfirm={confirm}>
      {children}
      <div className={classes.form}>
        <TextArea
          label={note.label}
          hint={note.hint}
          error={isMissing ? note.needed : undefined}
          rows={2}
          maxLength={500}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setMissing(false);
          }}
        />
      </div>
    </ConfirmDialog>
  );
}
