"use client";
import { err, type Result } from "@herald/kernel";
import { useCallback, useEffect, useRef, useState } from "react";
import { type DoorProblem, isSignedOut } from "../acting/call-door.ts";
import { useLine } from "./connection.client.tsx";

/** A change is answered by one question, and a storm of changes by one question a second. */
const restMs = 1000;
/** Asked without being told: often while nobody would tell us, seldom while somebody does. */
const aloneMs = 4000;
const accompaniedMs = 20_000;
/** An answer that takes longer is none. */
const answerMs = 10_000;
/** How old what is shown may grow before it is called old: the longest pause between two questions, and the longest answer. */
const staleAfterMs = accompaniedMs + answerMs + 2000;
const noAnswer: DoorProblem = { type: "offline", status: 0, title: "", detail: "" };

export type Live<Data> = {
  readonly data: Data;
  /** When the data was asked for (the browser's clock). */
  readonly asOfMs: number;
  /**
   * `live`: told of changes. `reconnecting`: asks by itself meanwhile. `stale`: the questions fail too, what is shown is of `asOfMs`. `signedOut`:
   * they are refused because the session ended; it goes on by itself once the reader signed in again, in whichever tab.
   */
  readonly connection: "live" | "reconnecting" | "stale" | "signedOut";
  /** The newest failure to ask; null after a success. */
  readonly problem: DoorProblem | null;
  /** Asks now. */
  readonly refresh: () => void;
};

/**
 * Data of one screen that moves by itself: asked again when the line says that the campaign changed (any, when `campaignId` is null), when the
 * connection comes back, when the page is seen again, and now and then in any case. `load` must be stable.
 */
export function useLive<Data>(
  initial: { readonly data: Data; readonly atMs: number },
  load: (signal: AbortSignal) => Promise<Result<Data, DoorProblem>>,
  campaignId: string | null,
): Live<Data> {
  const { isConnected, listen } = useLine();
  const [shown, setShown] = useState({ data: initial.data, asOfMs: initial.atMs, problem: null as DoorProblem | null });
  /** What is shown is old once its own time stands here. */
  const [oldSinceMs, setOldSince] = useState(0);
  const ask = useRef<() => void>(() => undefined);
  const accompanied = useRef(false);

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAsking = false;
    let isWanted = false;
    let lastAskedMs = 0;
    const question = async (): Promise<void> => {
      clearTimeout(timer);
      isAsking = true;
      isWanted = false;
      const asked = Date.now();
      lastAskedMs = asked;
      const done = await load(AbortSignal.any([stop.signal, AbortSignal.timeout(answerMs)])).catch(() => err(noAnswer));
      if (stop.signal.aborted) return;
      isAsking = false;
      if (done.ok) setShown({ data: done.value, asOfMs: asked, problem: null });
      else setShown((before) => ({ ...before, problem: done.error }));
      timer = setTimeout(() => void question(), isWanted ? restMs : accompanied.current && done.ok ? accompaniedMs : aloneMs);
    };
    const want = (): void => {
      if (isAsking) {
        isWanted = true;
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(() => void question(), Math.max(0, lastAskedMs + restMs - Date.now()));
    };
    ask.current = want;
    const unlisten = listen((changed) => {
      if (campaignId === null || changed === null || changed === campaignId) want();
    });
    const onSeen = (): void => {
      if (document.visibilityState === "visible") want();
    };
    document.addEventListener("visibilitychange", onSeen);
    timer = setTimeout(() => void question(), accompanied.current ? accompaniedMs : aloneMs);
    return () => {
      stop.abort();
      clearTimeout(timer);
      unlisten();
      document.removeEventListener("visibilitychange", onSeen);
    };
  }, [campaignId, listen, load]);

  // whenever the line came or went, and once at the beginning: what happened between the page and the line is told by nobody
  useEffect(() => {
    accompanied.current = isConnected;
    ask.current();
  }, [isConnected]);

  useEffect(() => {
    const timer = setTimeout(() => setOldSince(shown.asOfMs), Math.max(0, shown.asOfMs + staleAfterMs - Date.now()));
    return () => clearTimeout(timer);
  }, [shown.asOfMs]);

  const refresh = useCallback(() => ask.current(), []);
  const isOld = oldSinceMs === shown.asOfMs;
  return { ...shown, connection: connectionOf(shown.problem, { isOld, isConnected }), refresh };
}

function connectionOf(
  problem: DoorProblem | null,
  { isOld, isConnected }: { readonly isOld: boolean; readonly isConnected: boolean },
): Live<unknown>["connection"] {
  if (problem !== null && isSignedOut(problem)) return "signedOut";
  if (isOld || problem !== null) return "stale";
  return isConnected ? "live" : "reconnecting";
}
