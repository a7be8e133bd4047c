"use client";
import { useLayoutEffect, useOptimistic, useRef, useTransition } from "react";

export interface Wanted<Choice> {
  /** Everything chosen so far, also while the page that shows it is on its way. */
  readonly wanted: Choice;
  /** What is shown is not yet what is wanted. */
  readonly isPending: boolean;
  /** Chooses on top of all that was chosen before, and goes there with the whole of it. */
  readonly choose: (change: (wanted: Choice) => Choice, go: (next: Choice) => void) => void;
}

/**
 * Choices that live outside the page, in its address: `shown` is what the page was made of. A choice that is made while the page of the one
 * before is still on its way begins where that one ended, so neither undoes the other. `go` has to start its update at once, as a router does.
 * When it came to nothing, or the address changed otherwise (a link, the way back), what is shown is what is wanted.
 */
export function useWanted<Choice extends object>(shown: Choice): Wanted<Choice> {
  const [isPending, startTransition] = useTransition();
  const [wanted, setWanted] = useOptimistic(shown);
  // two choices may come between two pictures of the page, and a timer may hold an old one
  const newest = useRef(wanted);
  useLayoutEffect(() => {
    newest.current = wanted;
  }, [wanted]);
  return {
    wanted,
    isPending,
    choose: (change, go) => {
      const next = change(newest.current);
      newest.current = next;
      startTransition(() => {
        setWanted(next);
        go(next);
      });
    },
  };
}
