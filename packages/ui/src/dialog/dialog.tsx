"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import iconButton from "../icon-button/icon-button.module.css";
import classes from "./dialog.module.css";
import { useFocusBack } from "./use-focus-back.ts";

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly closeLabel: string;
  readonly children?: ReactNode;
  /** Buttons, the decision last. */
  readonly actions?: ReactNode;
  /** "sheet" comes from the side and keeps the page in view (from below on a phone). */
  readonly look?: "dialog" | "wide" | "sheet";
}

/** One thing to look at or decide. Focus goes in, stays in, and returns to where it came from; Escape closes. */
export function Dialog({ isOpen, onOpenChange, title, description, closeLabel, children, actions, look = "dialog" }: DialogProps) {
  const focusBack = useFocusBack();
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={classes.scrim} />
        <Radix.Content
          className={classes.dialog}
          data-look={look}
          {...focusBack}
          onInteractOutside={keepForToast}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className={classes.head}>
            <Radix.Title className={classes.title}>{title}</Radix.Title>
            {/* No tooltip here: it would open with the focus, and take the first Escape for itself. */}
            <Radix.Close asChild>
              <button type="button" aria-label={closeLabel} data-size="small" className={iconButton.button}>
                <X size={16} />
              </button>
            </Radix.Close>
          </header>
          <div className={classes.body}>
            {description ? (
              <Radix.Description asChild className={classes.description}>
                <div>{description}</div>
              </Radix.Description>
            ) : null}
            {children}
          </div>
          {actions ? <footer className={classes.actions}>{actions}</footer> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A press on a toast is no press beside the dialog: what was typed stays. */
function keepForToast(event: Event): void {
  if (event.target instanceof Element && event.target.closest("[data-sonner-toaster], [data-toasts]")) event.preventDefault();
}
