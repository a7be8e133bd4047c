"use client";
import { useWanted, type Wanted } from "@herald/ui/use-wanted";
import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";

export type WantedAddress<Choice> = Pick<Wanted<Choice>, "wanted" | "isPending"> & {
  /** Puts the changed choice into the address, in the place of the one before; no page is added to the way back. */
  readonly choose: (change: (wanted: Choice) => Choice) => void;
  /** For a link to another choice: a press of it counts for the next press before its page is there. */
  readonly linkTo: (choice: Choice) => { readonly href: string; readonly onClick: (event: MouseEvent) => void };
};

/** A choice that stands in the address. `shown` is what the page was made of; see `useWanted`. */
export function useWantedAddress<Choice extends object>(shown: Choice, hrefOf: (choice: Choice) => string): WantedAddress<Choice> {
  const router = useRouter();
  const { wanted, isPending, choose } = useWanted(shown);
  return {
    wanted,
    isPending,
    choose: (change) => choose(change, (next) => router.replace(hrefOf(next), { scroll: false })),
    linkTo: (choice) => ({
      href: hrefOf(choice),
      onClick: (event) => {
        // another window, a download, a menu: the browser's own business
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        choose(
          () => choice,
          (next) => router.push(hrefOf(next)),
        );
      },
    }),
  };
}
