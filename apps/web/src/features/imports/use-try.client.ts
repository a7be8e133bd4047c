"use client";
import type { ImportTry } from "@herald/contacts";
import { useEffect, useState } from "react";
import type { DoorProblem } from "../../acting/call-door.ts";
import { type FileHead, readHead } from "./file-head.ts";
import { type Choice, choicesOf, hasPhone, keyFaultOf, mappingQuery } from "./mapping-choices.ts";
import { tryFile } from "./try-file.ts";

const restMs = 250;

export type Tried = {
  readonly head: FileHead | null;
  /** The newest answer; of an earlier mapping while `isAsking`. */
  readonly answer: ImportTry | null;
  readonly choices: readonly Choice[];
  readonly setChoices: (choices: readonly Choice[]) => void;
  readonly problem: DoorProblem | null;
  readonly isAsking: boolean;
  readonly askAgain: () => void;
};

/** The first rows of a file, and what they would become under the mapping on the screen: first as guessed, then as chosen. */
export function useTry(workspaceId: string, file: File, country: string | undefined): Tried {
  const [head, setHead] = useState<FileHead | null>(null);
  const [answer, setAnswer] = useState<ImportTry | null>(null);
  const [choices, setChoices] = useState<readonly Choice[] | null>(null);
  const [problem, setProblem] = useState<DoorProblem | null>(null);
  const [isAsking, setAsking] = useState(true);
  const [turn, setTurn] = useState(0);

  const isAskable = choices === null || (hasPhone(choices) && choices.every((_choice, at) => keyFaultOf(choices, at) === null));
  const query = new URLSearchParams(choices === null ? undefined : mappingQuery(choices));
  if (country !== undefined) query.set("defaultCountry", country);
  const asked = isAskable ? query.toString() : null;

  useEffect(() => {
    if (asked === null) return;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      setAsking(true);
      try {
        const beginning = await readHead(file);
        setHead(beginning);
        const done = await tryFile(workspaceId, beginning, new URLSearchParams(asked), stop.signal);
        setProblem(done.ok ? null : done.error);
        if (done.ok) {
          setAnswer(done.value);
          setChoices((known) => known ?? choicesOf(done.value.columns, done.value.mapping));
        }
        setAsking(false);
      } catch (error) {
        if (stop.signal.aborted) return;
        // the file was moved or changed since it was chosen
        setProblem({ type: "unreadable_file", status: 0, title: "", detail: error instanceof Error ? error.name : "" });
        setAsking(false);
      }
    };
    const timer = setTimeout(() => void ask(), turn === 0 ? 0 : restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [workspaceId, file, asked, turn]);

  return {
    head,
    answer,
    choices: choices ?? [],
    setChoices: (next) => {
      setTurn((before) => before + 1);
      setChoices(next);
    },
    problem,
    isAsking: isAsking && asked !== null,
    askAgain: () => setTurn((before) => before + 1),
  };
}
