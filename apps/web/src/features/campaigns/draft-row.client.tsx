"use client";
import type { DraftFacts } from "@herald/campaign";
import { ButtonLink } from "@herald/ui/button";
import { Row, RowLink } from "@herald/ui/rows";
import { Status } from "@herald/ui/status";
import { useFormatter, useTranslations } from "use-intl";
import classes from "./campaigns.module.css";
import type { Reader } from "./reader.ts";
import { useWho } from "./use-reason.client.ts";

/** A campaign that is being composed, with the way on. */
export function DraftRow({ draft, reader, nowMs }: { readonly draft: DraftFacts; readonly reader: Reader; readonly nowMs: number }) {
  const t = useTranslations("campaigns");
  const format = useFormatter();
  const whoOf = useWho(reader);
  const href = `/panel/w/${reader.workspaceId}/campaigns/drafts/${draft.draftId}/content`;
  const name = draft.name || t("draft.untitled");
  const sender = draft.sender === null ? t("draft.noSender") : draft.sender.verifiedName || draft.sender.displayNumber;
  const ago = format.relativeTime(new Date(draft.updatedAtMs), new Date(nowMs));
  return (
    <Row className={classes.row}>
      <div className={classes.what}>
        <RowLink href={href} fetchedWhen="meant">
          {name}
        </RowLink>
        <span className={classes.faint}>{t("draft.about", { template: draft.templateName ?? t("draft.noTemplate"), sender })}</span>
      </div>
      <div className={classes.standing}>
        <Status kind="draft" word={t("status.draft")} />
        <span className={classes.reason}>
          {draft.updatedBy === null ? t("reason.saved", { ago }) : t("reason.savedBy", { ago, who: whoOf(draft.updatedBy) })}
        </span>
      </div>
      <div className={`${classes.facts} ${classes.draftNumbers}`}>
        {draft.eligible === null ? t("draft.noPreview") : t("draft.eligible", { count: draft.eligible })}
      </div>
      <div className={classes.act}>
        {reader.mayCompose ? (
          <ButtonLink size="small" href={href} fetchedWhen="meant" aria-label={t("draft.continueNamed", { name })}>
            {t("draft.continue")}
          </ButtonLink>
        ) : null}
      </div>
    </Row>
  );
}
