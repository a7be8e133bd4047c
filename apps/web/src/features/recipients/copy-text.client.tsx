"use client";
import { Button } from "@herald/ui/button";
import { Checkbox } from "@herald/ui/choice";
import { Hidden } from "@herald/ui/hidden";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Copied } from "./copied-text.ts";
import classes from "./why.module.css";

const toldForMs = 2000;

/** Nobody's name or number leaves the page unless somebody says so. */
export function CopyText({ text }: { readonly text: Copied }) {
  const t = useTranslations("recipients.whyPage");
  const [isWithPerson, setWithPerson] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    // over plain http there is no clipboard: the text stands on the page all the same
    const isWritten = await (navigator.clipboard?.writeText(isWithPerson ? text.withPerson : text.plain) ?? Promise.reject()).then(
      () => true,
      () => false,
    );
    if (!isWritten) return;
    setCopied(true);
    setTimeout(() => setCopied(false), toldForMs);
  };
  return (
    <div className={classes.copy}>
      <Button icon={isCopied ? <Check size={16} /> : <Copy size={16} />} onClick={() => void copy()}>
        {t(isCopied ? "copied" : "copy")}
      </Button>
      <Checkbox label={t("withPerson")} checked={isWithPerson} onChange={({ target }) => setWithPerson(target.checked)} />
      <Hidden>
        <span role="status">{isCopied ? t("copied") : ""}</span>
      </Hidden>
    </div>
  );
}
