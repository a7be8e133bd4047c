"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { callDoor, type DoorProblem } from "../../../acting/call-door.ts";

export type Asked<Answer> = {
  /** Of exactly what is asked now; null while it is on its way, or cannot be asked. */
  readonly answer: Answer | null;
  readonly problem: DoorProblem | null;
  readonly isAsking: boolean;
  /** Asked again, while the answer before still stands. */
  readonly isRefreshing: boolean;
  /** When the answer came; null without one. */
  readonly answeredAtMs: number | null;
  /** Asks again what was asked. */
  readonly refresh: () => void;
};

type Settled<Answer> = {
  readonly key: string;
  readonly round: number;
  readonly answer: Answer | null;
  readonly problem: DoorProblem | null;
  readonly atMs: number;
};
const restMs = 400;

/** Asks a door whenever the question is another one, once the hand rests. An answer to an earlier question is never shown as one to this. */
export function useAsked<Answer>(path: `/api/${string}`, body: unknown): Asked<Answer> {
  const key = body === null ? null : JSON.stringify(body);
  const [settled, setSettled] = useState<Settled<Answer> | null>(null);
  const [round, setRound] = useState(0);
  const answered = useRef<string | null>(null);

  useEffect(() => {
    if (key === null) return;
    const wanted = `${round} ${key}`;
    if (answered.current === wanted) return;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      const done = await callDoor<Answer>(path, { method: "POST", body: JSON.parse(key), signal: stop.signal });
      answered.current = wanted;
      setSettled({ key, round, answer: done.ok ? done.value : null, problem: done.ok ? null : done.error, atMs: Date.now() });
    };
    // an abort throws: nobody waits for that answer any more
    const timer = setTimeout(() => void ask().catch(() => undefined), answered.current === null ? 0 : restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key, path, round]);

  const refresh = useCallback(() => setRound((before) => before + 1), []);
  const mine = settled !== null && settled.key === key ? settled : null;
  return {
    answer: mine?.answer ?? null,
    problem: mine?.problem ?? null,
    isAsking: key !== null && mine === null,
    isRefreshing: mine !== null && mine.round !== round,
    answeredAtMs: mine?.answer ? mine.atMs : null,
    refresh,
  };
}
