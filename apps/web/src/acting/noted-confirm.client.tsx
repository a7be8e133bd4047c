"use client";
import { ConfirmDialog, type ConfirmDialogProps } from "@herald/ui/confirm-dialog";
import { TextArea } from "@herald/ui/text-field";
import { useCallback, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { type DoorProblem, isOutcomeUnknown } from "./call-door.ts";
import { newKey } from "./new-key.ts";
import { ProblemState } from "./problem-words.client.tsx";

/** As long as the doors take it, in characters. */
const longestNote = 500;

export type Decision = {
  readonly note: string;
  /** The same one for every try of one decision, which else would be made twice. */
  readonly key: string;
  /** Tells a failure in the question itself, for `act`: the focus cannot leave it, so a way on that stands elsewhere is out of reach. */
  readonly tell: (problem: DoorProblem) => true;
};
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
  const t = useTranslations("base");
  const [words, setWords] = useState("");
  const [isMissing, setMissing] = useState(false);
  const [problem, setProblem] = useState<DoorProblem | null>(null);
  /** It may have been done with these words: only with the same ones can the next try be known for the same. */
  const [isSaid, setSaid] = useState(false);
  const key = useRef<string | null>(null);
  const tell = useCallback<Decision["tell"]>((failed) => {
    setProblem(failed);
    if (isOutcomeUnknown(failed)) setSaid(true);
    return true;
  }, []);
  const confirm = async (): Promise<void> => {
    const said = words.trim();
    if (said === "" && note.needed !== undefined) return setMissing(true);
    key.current ??= newKey();
    setProblem(null);
    if (await onConfirm({ note: said, key: key.current, tell })) dialog.onOpenChange(false);
  };
  return (
    <ConfirmDialog
      {...dialog}
      onConfirm={() => void confirm()}
      fields={
        <>
          <TextArea
            label={note.label}
            hint={isSaid ? t("noteSaid") : note.hint}
            rows={2}
            maxLength={longestNote}
            value={words}
            readOnly={isSaid}
            optionalText={note.needed === undefined ? t("optional") : undefined}
            error={isMissing ? note.needed : undefined}
            onChange={(event) => {
              setWords(event.target.value);
              setMissing(false);
            }}
          />
          {problem === null ? null : <ProblemState problem={problem} />}
        </>
      }
    />
  );
}
