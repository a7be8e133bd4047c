"use client";
import { useEffect, useState } from "react";

/** What is typed while what was opened to type into is on its way (`isThere` says when it came), so that nothing of it is lost; Escape gives up. */
export function useTypedMeanwhile(isOpen: boolean, isThere: boolean, giveUp: () => void): string {
  const [typed, setTyped] = useState("");
  // closed: the next one begins anew
  useEffect(() => (isOpen ? () => setTyped("") : undefined), [isOpen]);
  useEffect(() => {
    if (!isOpen || isThere) return;
    const take = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") giveUp();
      else if (event.key === "Backspace") setTyped((before) => before.slice(0, -1));
      else if (event.key.length === 1) setTyped((before) => before + event.key);
      else return;
      // not into the field that had the focus before
      event.preventDefault();
    };
    document.addEventListener("keydown", take);
    return () => document.removeEventListener("keydown", take);
  }, [isOpen, isThere, giveUp]);
  return typed;
}
