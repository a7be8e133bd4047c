"use client";
import type { Role } from "@herald/kernel";
import { Button } from "@herald/ui/button";
import { Dialog } from "@herald/ui/dialog";
import { Hidden } from "@herald/ui/hidden";
import { TextField } from "@herald/ui/text-field";
import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import classes from "./settings.module.css";

export type Link = { readonly email: string; readonly role: Role; readonly expiresAt: string; readonly link: string };

/** The one time a link is seen. Nothing keeps it: closing the dialog forgets it. */
export function LinkDialog({
  link: { email, role, expiresAt, link },
  zone,
  onClose,
}: {
  readonly link: Link;
  readonly zone: string;
  readonly onClose: () => void;
}) {
  const t = useTranslations("settings.invite.link");
  const base = useTranslations("base");
  const as = useTranslations("settings.as");
  const format = useFormatter();
  const [isCopied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // No clipboard over plain http, or it is not allowed: the link stands selected for the reader's own copy.
      field.current?.focus();
      field.current?.select();
    }
  };
  const at = format.dateTime(new Date(expiresAt), { dateStyle: "medium", timeStyle: "short", timeZone: zone });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t("title", { email })}
      description={t("once")}
      closeLabel={base("close")}
      actions={
        <>
          <Button onClick={onClose}>{t("done")}</Button>
          <Button variant="primary" icon={isCopied ? <Check size={16} /> : <Copy size={16} />} onClick={() => void copy()}>
            {isCopied ? t("copied") : t("copy")}
          </Button>
        </>
      }
    >
      <span role="status">
        <Hidden>{isCopied ? t("copied") : ""}</Hidden>
      </span>
      <div className={classes.pair}>
        <TextField
          ref={field}
          label={t("label")}
          value={link}
          readOnly
          onFocus={(event) => event.target.select()}
          hint={t("expires", { role: as(role), at })}
        />
        <p className={classes.muted}>{t("text")}</p>
      </div>
    </Dialog>
  );
}
