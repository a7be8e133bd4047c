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

/** A long id: its first characters, the whole of it on the clipboard. */
export function CopyableId({ value, label, copyLabel, copiedLabel }: CopyableIdProps) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_FOR_MS);
  };
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
