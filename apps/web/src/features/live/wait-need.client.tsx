"use client";
import { ButtonLink } from "@herald/ui/button";
import { useTranslations } from "use-intl";
import { useCauseWords } from "../../words/cause-words.client.ts";
import { recipientsHref } from "./addresses.ts";
import { dayTag } from "./at.client.tsx";
import { useCampaign } from "./campaign-live.client.tsx";
import { NeedItem } from "./need-item.tsx";
import type { Wait } from "./needs.ts";

/** Messages that wait for their time or for a cure. The sentence is the domain's own, word for word what the API answers. */
export function WaitNeed({ wait }: { readonly wait: Wait }) {
  const t = useTranslations("live.needs");
  const words = useCauseWords();
  const { facts, live } = useCampaign();
  const { count, earliestAt, latestAt } = wait;
  const isDue = latestAt !== null && Date.parse(latestAt) <= live.asOfMs;
  const when =
    earliestAt === null
      ? null
      : isDue
        ? t("wait.due")
        : t.rich(earliestAt === latestAt ? "wait.until" : "wait.from", { at: dayTag(earliestAt, live.asOfMs) });
  return (
    <NeedItem
      tone="neutral"
      title={
        <>
          {t("wait.title", { count })} {when}
        </>
      }
      meaning={words({ class: wait.class ?? wait.reason, code: wait.code })}
      actions={
        <ButtonLink size="small" href={recipientsHref(facts, "deferred", wait.code ?? wait.class ?? wait.reason)}>
          {t("showWho")}
        </ButtonLink>
      }
    >
      {wait.sentence}
    </NeedItem>
  );
}
