"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import classes from "./copyable-id.module.css";

const SHOWN = 8;
const COPIED_FOR_MS = 1500;

export interface CopyableIdProps {
  readonly value: string;
  /** What it is the id of: "Request". */
  readonly label: string;
  readonly copyLabel: string;
  readonly copiedLabel: string;
}

/** A long id: its first characters, the whole of it on the clipboard; where there is none (plain http), the whole of it selected. */
export function CopyableId({ value, label, copyLabel, copiedLabel }: CopyableIdProps) {
  const [isCopied, setCopied] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      setWhole(true);
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_FOR_MS);
  };
  if (isWhole)
    return (
      <label className={classes.copyable}>
        <span className={classes.label}>{label}</span>
        <input
          ref={takeFocus}
          readOnly
          className={classes.whole}
          value={value}
          size={value.length}
          onFocus={(event) => event.target.select()}
          onBlur={() => setWhole(false)}
        />
      </label>
    );
  return (
    <button type="button" className={classes.copyable} title={value} onClick={() => void copy()}>
      {/* not a label of its own: what is seen must be part of what is heard, and what is seen is shortened */}
      <span className={classes.heard}>{copyLabel}: </span>
      <span className={classes.label}>{label}</span>
      <code className={classes.value}>{value.length > SHOWN + 1 ? `${value.slice(0, SHOWN)}…` : value}</code>
      {isCopied ? <Check size={12} className={classes.done} /> : <Copy size={12} />}
      <span role="status" className={classes.heard}>
        {isCopied ? copiedLabel : ""}
      </span>
    </button>
  );
}

/** The button that had the focus is gone: what replaces it takes over. */
const takeFocus = (input: HTMLInputElement | null): void => input?.focus();
