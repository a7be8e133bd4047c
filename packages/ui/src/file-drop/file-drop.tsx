"use client";
import { FileUp } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import classes from "./file-drop.module.css";

export interface FileDropProps {
  /** "Drop a CSV here, or choose a file": the whole area is the label of the file input. */
  readonly label: ReactNode;
  /** What is accepted, how large. */
  readonly hint: ReactNode;
  readonly error?: string | undefined;
  /** As the `accept` attribute: ".csv,text/csv". */
  readonly accept: string;
  readonly onFile: (file: File) => void;
  readonly isDisabled?: boolean;
}

/** One file, dropped or chosen. What it is worth is judged by the caller. */
export function FileDrop({ label, hint, error, accept, onFile, isDisabled = false }: FileDropProps) {
  const [isOver, setOver] = useState(false);
  const id = useId();
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file && !isDisabled) onFile(file);
  };
  return (
    <div className={classes.frame}>
      <label
        className={classes.drop}
        data-over={isOver || undefined}
        data-disabled={isDisabled || undefined}
        data-invalid={error ? "" : undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <FileUp size={20} className={classes.icon} aria-hidden="true" />
        <span className={classes.label}>{label}</span>
        <input
          ref={(input) => {
            // chosen while the page was still waking up, when nobody heard of it
            if (!input?.files?.length) return;
            take(input.files);
            input.value = "";
          }}
          type="file"
          accept={accept}
          disabled={isDisabled}
          aria-describedby={error ? `${id}-error ${id}-hint` : `${id}-hint`}
          aria-invalid={error ? true : undefined}
          className={classes.input}
          onChange={(event) => {
            take(event.target.files);
            event.target.value = "";
          }}
        />
        <span id={`${id}-hint`} className={classes.hint}>
          {hint}
        </span>
      </label>
      {error ? (
        <p id={`${id}-error`} className={classes.error}>
          {error}
        </p>
      ) : null}
    </div>
  );
}
