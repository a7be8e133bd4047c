"use client";
import { EmptyState } from "@herald/ui/empty-state";
import { Link } from "@herald/ui/link";
import { Panel } from "@herald/ui/page-header";
import { RadioGroup } from "@herald/ui/radio-group";
import { Smartphone } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { useWizard } from "../frame/wizard.client.tsx";
import { type SenderFacts, senderHealth } from "../model/sender-health.ts";
import classes from "./content.module.css";

/** Which number it comes from, with what is to be known of each before it is chosen. */
export function SenderPanel() {
  const { senders, content, change, issueAt, workspaceId, now } = useWizard();
  const t = useTranslations("wizard.sender");
  const nowMs = now.getTime();
  if (senders.length === 0) {
    return (
      <Panel title={t("title")}>
        <EmptyState
          icon={<Smartphone size={20} />}
          title={t("none.title")}
          action={<Link href={`/panel/w/${workspaceId}/senders`}>{t("none.verb")}</Link>}
        >
          {t("none.text")}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel title={t("title")}>
      <RadioGroup
        name="sender"
        label={t("label")}
        error={issueAt("senderId")}
        value={content.senderId}
        onChange={(senderId) => change({ senderId })}
        options={senders.map((sender) => ({
          value: sender.senderId,
          label: <SenderLabel sender={sender} />,
          hint: <SenderHint sender={sender} />,
          isDisabled: !senderHealth(sender, nowMs).mayBeChosen,
        }))}
      />
    </Panel>
  );
}

function SenderLabel({ sender }: { readonly sender: SenderFacts }) {
  const t = useTranslations("wizard.sender");
  const nowMs = useWizard().now.getTime();
  const { tone } = senderHealth(sender, nowMs);
  return (
    <span className={classes.sender}>
      <span className={classes.dot} data-tone={tone} aria-hidden="true" />
      <bdi className={classes.number}>{sender.displayNumber}</bdi>
      <span>{sender.verifiedName}</span>
      <span className={classes.health} data-tone={tone}>
        {t(`tones.${tone}`)}
      </span>
    </span>
  );
}

function SenderHint({ sender }: { readonly sender: SenderFacts }) {
  const t = useTranslations("wizard.sender");
  const format = useFormatter();
  const nowMs = useWizard().now.getTime();
  const { trouble } = senderHealth(sender, nowMs);
  const facts = [
    t("cap", { count: sender.capPerSecond }),
    t(`quality.${qualityOf(sender.quality)}`),
    sender.dayLimit === null ? t("noDayLimit") : t("dayLimit", { left: sender.dayLimit.left, limit: sender.dayLimit.limit }),
  ];
  const until = sender.restUntilMs === null ? "" : format.dateTime(sender.restUntilMs, { timeStyle: "short" });
  return (
    <>
      {facts.join(" · ")}
      {trouble === null ? null : <span className={classes.trouble}>{t(`troubles.${trouble}`, { until, block: sender.block ?? "" })}</span>}
    </>
  );
}

const qualities = ["GREEN", "YELLOW", "RED"] as const;
const qualityOf = (quality: string) => qualities.find((known) => known === quality) ?? "UNKNOWN";
