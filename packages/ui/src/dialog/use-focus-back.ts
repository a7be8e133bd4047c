"use client";
import { useRef } from "react";

/** For a dialog without a button of its own, which is the only thing that Radix gives the focus back to: it returns to where it came from. */
export function useFocusBack() {
  const from = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: (): void => {
      from.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event): void => {
      event.preventDefault();
      if (from.current instanceof HTMLElement) from.current.focus();
    },
  };
}
