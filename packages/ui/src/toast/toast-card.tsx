"use client";
import { CircleCheck, CircleX, Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { CopyableId, type CopyableIdProps } from "../copyable-id/copyable-id.tsx";
import iconButton from "../icon-button/icon-button.module.css";
import classes from "./toast.module.css";

const ICONS = { info: Info, ok: CircleCheck, warn: TriangleAlert, bad: CircleX } as const;
const STAYS_MS = 6000;

export interface ToastMessage {
  readonly tone: keyof typeof ICONS;
  readonly title: string;
  readonly text?: ReactNode;
  /** A link that leads on. */
  readonly way?: ReactNode;
  readonly action?: { readonly verb: string; readonly onClick: () => void };
  /** Of a failed request: support asks for it. */
  readonly requestId?: CopyableIdProps | undefined;
}

/** Of the place where they appear: its name as a region, and the name of the button that closes one of them. */
export type ToastPlace = { readonly label: string; readonly closeLabel: string };

/** How long a message is there, in milliseconds: a failure stays until it is closed, everything else leaves by itself. */
export const staysMsOf = ({ tone }: ToastMessage): number => (tone === "bad" ? Number.POSITIVE_INFINITY : STAYS_MS);

export type ToastCardProps = ToastMessage & {
  readonly close?: () => void;
  /** Names the button that takes the card away; a card that leaves by itself has none. */
  readonly closeLabel: string;
};

/** The card itself, for the living page too. */
export function ToastCard({ close, closeLabel, ...message }: ToastCardProps) {
  const { tone, title, text, way, action, requestId } = message;
  const Icon = ICONS[tone];
  return (
    <div className={classes.toast} data-tone={tone} role={tone === "bad" ? "alert" : "status"}>
      <Icon size={16} className={classes.icon} aria-hidden="true" />
      <div className={classes.body}>
        <p className={classes.title}>{title}</p>
        {text ? <p className={classes.text}>{text}</p> : null}
        {way ? <p>{way}</p> : null}
        {requestId ? <CopyableId {...requestId} /> : null}
      </div>
      {action ? (
        <button
          type="button"
          className={classes.action}
          onClick={() => {
            action.onClick();
            close?.();
          }}
        >
          {action.verb}
        </button>
      ) : null}
      {Number.isFinite(staysMsOf(message)) ? null : (
        <button type="button" aria-label={closeLabel} data-size="small" className={iconButton.button} onClick={close}>
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
