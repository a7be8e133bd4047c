"use client";
import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Toaster as Sonner, toast as sonner } from "sonner";
import { CopyableId, type CopyableIdProps } from "../copyable-id/copyable-id.tsx";
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

/** Says that something happened. A failure stays until it is closed; everything else leaves by itself. Answers its key. */
export function showToast(message: ToastMessage): string | number {
  return sonner.custom((key) => <ToastCard {...message} close={() => sonner.dismiss(key)} />, {
    duration: message.tone === "bad" ? Number.POSITIVE_INFINITY : STAYS_MS,
  });
}

/** The card itself, for the living page too. */
export function ToastCard({ tone, title, text, way, action, requestId, close }: ToastMessage & { readonly close?: () => void }) {
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
    </div>
  );
}

/** Where toasts appear; once per page. `label` names the region, `hotkey` moves the focus into it. */
export function Toaster({ label }: { readonly label: string }) {
  return (
    <Sonner
      position="bottom-right"
      containerAriaLabel={label}
      offset={16}
      mobileOffset={12}
      gap={8}
      style={{ zIndex: "var(--layer-toast)" }}
    />
  );
}
