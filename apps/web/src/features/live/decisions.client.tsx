"use client";
import { Button, ButtonLink } from "@herald/ui/button";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { recipientsHref } from "./addresses.ts";
import { AskedConfirm } from "./asked-confirm.client.tsx";
import { dayTag } from "./at.client.tsx";
import { useCampaign } from "./campaign-live.client.tsx";
import { evidenceOf } from "./evidence.ts";
import { NeedItem } from "./need-item.tsx";
import type { Report } from "./report.ts";
import { useCampaignActs } from "./use-campaign-acts.client.ts";
import { useNoteWords } from "./use-note-words.client.ts";

/** Messages without an answer: what is known about them, and the two decisions that only a person makes (law L3). */
export function UnknownNeed({ evidence }: { readonly evidence: NonNullable<Report["unknown"]> }) {
  const t = useTranslations("live.needs.unknown");
  const needs = useTranslations("live.needs");
  const format = useFormatter();
  const { facts, report, live } = useCampaign();
  const acts = useCampaignActs();
  const note = useNoteWords().needed;
  /** With how many it was about when it was asked: the figures of an open question, and what is sent of it, do not move. */
  const [open, setOpen] = useState<{ readonly what: "resend" | "writeOff"; readonly count: number } | null>(null);
  const { count } = evidence;
  const asked = open?.count ?? count;
  const weight = evidenceOf(evidence);
  const shown = format.number(count);
  // what was stopped for good sends nothing again; giving up is harmless at any time
  const mayResend = report.control.flag !== "cancelled" && report.campaign.status !== "cancelled";
  const closes = (isOpen: boolean): void => setOpen(isOpen ? open : null);
  const dialog = { onOpenChange: closes, stayVerb: t("stay"), isBusy: acts.isBusy, note } as const;
  return (
    <NeedItem
      tone="decide"
      title={t("title", { count })}
      meaning={t.rich("what", { at: dayTag(evidence.oldestAt, live.asOfMs) })}
      actions={
        <>
          {facts.mayControl && evidence.isOverflowRead ? (
            <>
              {mayResend ? (
                <Button size="small" onClick={() => setOpen({ what: "resend", count })}>
                  {t("resend", { count: shown })}
                </Button>
              ) : null}
              <Button size="small" onClick={() => setOpen({ what: "writeOff", count })}>
                {t("writeOff", { count: shown })}
              </Button>
            </>
          ) : null}
          <ButtonLink size="small" variant="ghost" href={recipientsHref(facts, "unknown")}>
            {needs("showWho")}
          </ButtonLink>
        </>
      }
    >
      <p>
        {weight.kind === "nothing"
          ? t("nothing")
          : t(weight.kind, {
              with: format.number(weight.comparedWith),
              share: format.number(weight.share, { style: "percent", maximumFractionDigits: 1 }),
              median: format.number(weight.medianS, { style: "unit", unit: "second", unitDisplay: "long", maximumFractionDigits: 1 }),
            })}
      </p>
      {evidence.isOverflowRead ? null : <p>{t("unread")}</p>}
      <AskedConfirm
        {...dialog}
        isOpen={open?.what === "resend"}
        title={t("resendTitle", { count: asked })}
        verb={t("resendVerb", { count: asked })}
        tone="danger"
        onConfirm={(decision) => acts.resend(asked, decision)}
      >
        {t("resendText")}
      </AskedConfirm>
      <AskedConfirm
        {...dialog}
        isOpen={open?.what === "writeOff"}
        title={t("writeOffTitle", { count: asked })}
        verb={t("writeOffVerb", { count: asked })}
        onConfirm={(decision) => acts.writeOff("unknown", decision)}
      >
        {t("writeOffText")}
      </AskedConfirm>
    </NeedItem>
  );
}

/** Messages that Meta keeps back: it decides for a day, an operator after that. */
export function HeldNeed({ held }: { readonly held: NonNullable<Report["held"]> }) {
  const t = useTranslations("live.needs.held");
  const needs = useTranslations("live.needs");
  const unknown = useTranslations("live.needs.unknown");
  const format = useFormatter();
  const { facts } = useCampaign();
  const acts = useCampaignActs();
  const note = useNoteWords().needed;
  const [isOpen, setOpen] = useState(false);
  return (
    <NeedItem
      tone={held.ripe > 0 ? "decide" : "neutral"}
      title={t("title", { count: held.count })}
      meaning={held.sentence}
      actions={
        <>
          {facts.mayControl && held.ripe > 0 && held.isOverflowRead ? (
            <Button size="small" onClick={() => setOpen(true)}>
              {t("writeOff", { count: format.number(held.ripe) })}
            </Button>
          ) : null}
          <ButtonLink size="small" variant="ghost" href={recipientsHref(facts, "held")}>
            {needs("showWho")}
          </ButtonLink>
        </>
      }
    >
      {held.ripe > 0 && !held.isOverflowRead ? <p>{unknown("unread")}</p> : null}
      <AskedConfirm
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t("writeOffTitle", { count: held.ripe })}
        verb={t("writeOffVerb", { count: held.ripe })}
        stayVerb={t("stay")}
        isBusy={acts.isBusy}
        note={note}
        onConfirm={(decision) => acts.writeOff("held", decision)}
      >
        {t("writeOffText")}
      </AskedConfirm>
    </NeedItem>
  );
}
