"use client";
import { Button } from "@herald/ui/button";
import { Link } from "@herald/ui/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useCauseWords } from "../../words/cause-words.client.ts";
import { codesPage } from "../../words/cause-words.ts";
import { AskedConfirm } from "./asked-confirm.client.tsx";
import { dayTag } from "./at.client.tsx";
import { useCampaign } from "./campaign-live.client.tsx";
import classes from "./live.module.css";
import { NeedItem } from "./need-item.tsx";
import type { Block, Wait } from "./needs.ts";
import { useCampaignActs } from "./use-campaign-acts.client.ts";
import { useNoteWords } from "./use-note-words.client.ts";

/** A refusal that stops everything of a number, an account or a template until somebody says that its cause is gone. */
export function BlockNeed({ block, cure, waiting }: { readonly block: Block; readonly cure: Wait["cure"]; readonly waiting: number }) {
  const t = useTranslations("live.needs");
  const problems = useTranslations("live.problems");
  const words = useCauseWords();
  const { facts, live } = useCampaign();
  const acts = useCampaignActs();
  const note = useNoteWords().needed;
  const [isOpen, setOpen] = useState(false);
  return (
    <NeedItem
      tone="bad"
      title={
        <>
          {t("block.title", { scope: block.scope })} {t.rich("block.since", { at: dayTag(block.since, live.asOfMs) })}
        </>
      }
      meaning={
        <>
          {words({ class: block.class, code: block.code })} {waiting > 0 ? `${t("wait.title", { count: waiting })}.` : null}
        </>
      }
      actions={
        facts.mayControl ? (
          <Button size="small" onClick={() => setOpen(true)}>
            {t("cured")}
          </Button>
        ) : null
      }
    >
      {t(`block.cure.${cure}`)}
      <small className={classes.small}>
        {block.code === null ? null : (
          <Link href={codesPage} target="_blank" rel="noreferrer">
            {problems("code", { code: block.code })}
          </Link>
        )}
        {block.detail === "" ? null : ` ${t("block.detail", { detail: block.detail })}`}
      </small>
      <AskedConfirm
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t("block.dialogTitle")}
        verb={t("block.verb")}
        stayVerb={t("block.stay")}
        isBusy={acts.isBusy}
        note={note}
        onConfirm={(decision) => acts.cure(block.blockId, decision)}
      >
        {t("block.dialogText")}
      </AskedConfirm>
    </NeedItem>
  );
}
