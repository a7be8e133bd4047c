"use client";
import { AlertDialog } from "radix-ui";
import { type ReactNode, useId, useState } from "react";
import { Button } from "../button/button.tsx";
import dialog from "../dialog/dialog.module.css";
import { useFocusBack } from "../dialog/use-focus-back.ts";
import field from "../field/field.module.css";

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** The question: "Stop Spring sale for good?" */
  readonly title: string;
  /** What will and what will not happen. */
  readonly children: ReactNode;
  /** What has to be written down with the answer. */
  readonly fields?: ReactNode;
  /** The verb, with its size: "Stop 1,196 messages". */
  readonly verb: string;
  /** "Keep sending": the other choice has a verb too. */
  readonly stayVerb: string;
  readonly tone?: "primary" | "danger";
  readonly isBusy?: boolean;
  /** For what cannot be taken back: the reader types this word first. `label` asks for it. */
  readonly typed?: { readonly word: string; readonly label: string };
  readonly onConfirm: () => void;
}

/** Asks before something that matters. Focus starts on the harmless choice; a click beside it decides nothing. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onOpenChange, title, children, fields, verb, stayVerb, tone = "primary", isBusy = false, typed, onConfirm } = props;
  const focusBack = useFocusBack();
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={dialog.scrim} />
        <AlertDialog.Content className={dialog.dialog} {...focusBack}>
          <header className={dialog.head}>
            <AlertDialog.Title className={dialog.title}>{title}</AlertDialog.Title>
          </header>
          <Question fields={fields} typed={typed} verb={verb} stayVerb={stayVerb} tone={tone} isBusy={isBusy} onConfirm={onConfirm}>
            {children}
          </Question>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

type QuestionProps = Pick<ConfirmDialogProps, "verb" | "stayVerb" | "onConfirm" | "children" | "fields"> & {
  readonly typed: ConfirmDialogProps["typed"];
  readonly tone: "primary" | "danger";
  readonly isBusy: boolean;
};

/** Lives only while the dialog is open, so what was typed is forgotten with it. */
function Question({ fields, typed, verb, stayVerb, tone, isBusy, onConfirm, children }: QuestionProps) {
  const [word, setWord] = useState("");
  const inputId = useId();
  const isTyped = typed === undefined || word.trim().toLocaleLowerCase() === typed.word.toLocaleLowerCase();
  return (
    <>
      <div className={dialog.body}>
        <AlertDialog.Description asChild className={dialog.description}>
          <div>{children}</div>
        </AlertDialog.Description>
        {fields}
        {typed ? (
          <div className={field.field}>
            <label className={field.label} htmlFor={inputId}>
              {typed.label}
            </label>
            <input
              id={inputId}
              className={field.control}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              value={word}
              onChange={(event) => setWord(event.target.value)}
            />
          </div>
        ) : null}
      </div>
      <footer className={dialog.actions}>
        <AlertDialog.Cancel asChild>
          <Button>{stayVerb}</Button>
        </AlertDialog.Cancel>
        <Button variant={tone} disabled={!isTyped} isLoading={isBusy} onClick={onConfirm}>
          {verb}
        </Button>
      </footer>
    </>
  );
}
