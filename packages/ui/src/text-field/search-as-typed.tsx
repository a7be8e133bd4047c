"use client";
import { type ComponentProps, useEffect, useLayoutEffect, useRef, useState } from "react";
import { SearchBox } from "./text-field.tsx";

/** What is typed is looked for once the typing rests so long. */
const REST_MS = 250;

export interface SearchAsTypedProps
  extends Omit<ComponentProps<typeof SearchBox>, "value" | "defaultValue" | "onChange" | "onBlur" | "onKeyDown"> {
  /** What is looked for; wanted already counts, also before its answer is there. */
  readonly value: string;
  readonly onSearch: (search: string) => void;
}

/**
 * A box whose words are looked for while they are typed: once the hand rests, and at once by Enter and when the box is left, so that what is
 * pressed next comes after them. The box follows a `value` that changed by itself, but never at the cost of words it has not told yet.
 */
export function SearchAsTyped({ value: given, onSearch, ...box }: SearchAsTypedProps) {
  const value = given.trim();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef({ value, onSearch });
  useLayoutEffect(() => {
    newest.current = { value, onSearch };
  }, [value, onSearch]);
  if (known !== value) {
    setKnown(value);
    if (typed.trim() === known) setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = (text: string): void => {
    clearTimeout(timer.current);
    if (text.trim() !== newest.current.value) newest.current.onSearch(text.trim());
  };
  return (
    <SearchBox
      {...box}
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => tell(target.value), REST_MS);
      }}
      onBlur={() => tell(typed)}
      onKeyDown={({ key }) => {
        if (key === "Enter") tell(typed);
      }}
    />
  );
}
