import { type RecipientStory, type Step, timelineOf, verdictOf } from "@herald/campaign";
import { hours } from "@herald/kernel";
import type { Tone } from "@herald/ui/badge";
import { causeWordsOf } from "../../words/cause-words.ts";
import type { wordsOf } from "../../words/reader.server.ts";

export type StepKind = Step["kind"];
/** A step in words; all of it is text, so that the screen and a copy of it say the same. */
export type ToldStep = {
  readonly key: string;
  readonly kind: StepKind;
  readonly atMs: number;
  /** Ours to the millisecond; a provider's clock tells whole seconds. */
  readonly precision: "millisecond" | "second";
  readonly title: string;
  readonly details: readonly string[];
  readonly code: string | null;
  readonly tone: Tone;
  readonly isAhead: boolean;
};
export type Teller = {
  readonly t: ReturnType<typeof wordsOf<"recipients">>;
  readonly codes: ReturnType<typeof wordsOf<"codes">>;
  /** Who looks, and what colleagues are called. */
  readonly userId: string;
  readonly names: Readonly<Record<string, string>>;
  /** A moment with its day, in the reader's zone. */
  readonly moment: (atMs: number) => string;
  /** The time alone, to the millisecond. */
  readonly exact: (atMs: number) => string;
};
type Words = Pick<ToldStep, "title"> & Partial<Pick<ToldStep, "details" | "code" | "tone" | "precision">>;

export function toldSteps(story: RecipientStory, teller: Teller, nowMs: number): readonly ToldStep[] {
  const tries = story.message.attempts.length;
  return timelineOf(story).map((step, at) => {
    const { title, details = [], code = null, tone = "neutral", precision = "second" } = wordsFor(step, story, teller);
    const told = "attempt" in step && tries > 1 ? [teller.t("steps.try", { attempt: step.attempt }), ...details] : details;
    const isAhead = step.atMs > nowMs;
    return { key: `${step.kind}-${at}`, kind: step.kind, atMs: step.atMs, precision, title, details: told, code, tone, isAhead };
  });
}

/** "you", a colleague's name, or Herald itself. */
export function whoOf({ t, userId, names }: Teller, decider: string | null): string {
  if (decider === null) return t("who.system");
  if (decider === userId) return t("who.you");
  const name = names[decider];
  return name === undefined ? t("who.colleague") : t("who.named", { name });
}

function wordsFor(step: Step, story: RecipientStory, teller: Teller): Words {
  const { t, codes, exact } = teller;
  const isMarketing = story.campaign.template.category === "MARKETING" ? "yes" : "no";
  switch (step.kind) {
    case "imported":
      return {
        title:
          step.rowNo === null
            ? t("steps.imported", { file: step.fileName })
            : t("steps.importedRow", { file: step.fileName, row: step.rowNo }),
      };
    case "listed":
      return { title: t("steps.listed", { name: step.name }) };
    case "consent":
      return consentWords(step, teller);
    case "suppressed": {
      const scope =
        step.scope === "all" || step.scope === "marketing"
          ? t(`steps.scopes.${step.scope}`)
          : t("steps.scopes.other", { word: step.scope });
      return { title: t("steps.suppressed", { scope, origin: originOf(step.reason, teller) }), tone: "warn" };
    }
    case "frozen":
      return {
        title: t("steps.frozen", { chunk: step.chunkNo + 1, place: step.entryNo + 1 }),
        details: [t("steps.frozenChecks", { isMarketing })],
      };
    case "left_out": {
      const verdict = verdictOf(
        { state: "skipped", reason: step.reason, receipt: null, class: null, nextAtMs: null },
        story.campaign.status,
      );
      const why = t(`verdicts.${verdict}.short`);
      return {
        title: t(step.during === "launch" ? "steps.leftOutLaunch" : "steps.leftOutSend", { why }),
        tone: "warn",
        precision: "millisecond",
      };
    }
    case "checked":
      return { title: t("steps.checked"), details: [t("steps.checkedNote", { isMarketing })], precision: "millisecond" };
    case "asked":
      return {
        title: t("steps.asked", { number: story.campaign.senderNumber }),
        details: [t("steps.askedNote", { from: exact(step.atMs), until: exact(step.sendByMs) })],
        tone: "info",
        precision: "millisecond",
      };
    case "not_begun":
      return { title: t(notBegun[step.detail ?? ""] ?? "steps.notBegunOther"), precision: "millisecond" };
    case "answered":
      return answerWords(step, teller);
    case "receipt": {
      if (step.receipt !== "failed") {
        const details = step.isProviderDouble ? [t("steps.double")] : [];
        return { title: t(`steps.${step.receipt}`), details, tone: step.receipt === "sent" ? "info" : "ok" };
      }
      const why =
        step.code === null && !step.detail
          ? ""
          : t("steps.because", { why: causeWordsOf(codes, { class: null, code: step.code, detail: step.detail }) });
      return { title: t("steps.failed", { why }), details: saidBy(step, teller), code: step.code, tone: "bad" };
    }
    case "decided":
      return {
        title: t(`steps.${step.decision}`, { who: capital(whoOf(teller, step.userId)) }),
        details: step.note ? [t("steps.note", { note: step.note })] : [],
        tone: "info",
      };
    case "reply":
      return { title: t(step.isAnswer ? "steps.reply" : "steps.replyAfter"), details: [step.type], tone: "ok" };
    case "due":
      return { title: t("steps.due"), tone: "scheduled" };
  }
}

const notBegun: Readonly<Record<string, "steps.notBegun" | "steps.notBegunConnection" | "steps.notBegunPrepared">> = {
  too_late: "steps.notBegun",
  no_connection: "steps.notBegunConnection",
  not_prepared: "steps.notBegunPrepared",
};

function consentWords({ state, origin, proof }: Extract<Step, { kind: "consent" }>, teller: Teller): Words {
  const { t } = teller;
  if (state === "lifted") return { title: t("steps.consentLifted") };
  const { file, row, ...rest } = proof;
  const kept = Object.entries(rest).filter(
    ([name, value]) => name !== "importBatchId" && name !== "senderId" && value !== null && typeof value !== "object",
  );
  const told =
    typeof file === "string"
      ? t("steps.proofFile", { file, row: typeof row === "number" ? String(row) : "?" })
      : kept.length > 0
        ? t("steps.proof", { proof: kept.map(([name, value]) => `${name} ${String(value)}`).join(", ") })
        : null;
  const key = state === "granted" ? "steps.consentGranted" : "steps.consentWithdrawn";
  return {
    title: t(key, { origin: originOf(origin, teller) }),
    details: told === null ? [] : [told],
    tone: state === "granted" ? "neutral" : "warn",
  };
}

function answerWords(step: Extract<Step, { kind: "answered" }>, teller: Teller): Words {
  const { t, codes } = teller;
  const latency = step.latencyMs === null ? [] : [latencyOf(step.latencyMs, teller)];
  const why = causeWordsOf(codes, {
    class: step.class ?? (step.outcome === "unknown" ? step.detail : null),
    code: step.code,
    detail: step.detail,
  });
  const details = [...latency, ...saidBy(step, teller)];
  const shared = { code: step.code, precision: "millisecond" } as const;
  switch (step.outcome) {
    case "accepted":
      return { ...shared, title: t("steps.accepted"), details: latency, tone: "ok" };
    case "held":
      return { ...shared, title: t("steps.held"), details: latency, tone: "warn" };
    case "deferred":
      return { ...shared, title: t("steps.deferred", { why }), details, tone: "warn" };
    case "unknown":
      return { ...shared, title: t("steps.noAnswer", { why }), details: latency, tone: "warn" };
    default:
      return { ...shared, title: t("steps.refused", { why }), details, tone: "bad" };
  }
}

const latencyOf = (latencyMs: number, { t }: Teller): string =>
  latencyMs < 10_000
    ? t("steps.latency", { ms: Math.round(latencyMs) })
    : t("steps.latencySeconds", { seconds: Math.round(latencyMs / 1000) });

/** The provider's code and own words, where they say more than ours. */
const saidBy = ({ code, detail }: { readonly code: string | null; readonly detail: string | null }, { t }: Teller): readonly string[] =>
  code === null || !detail ? [] : [t("refusal.said", { detail })];

const origins = ["import", "stop_word", "provider_preference", "operator"] as const;
function originOf(origin: string, { t }: Teller): string {
  const known = origins.find((one) => one === origin);
  return known === undefined ? t("steps.origins.other", { word: origin.replaceAll("_", " ") }) : t(`steps.origins.${known}`);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What the words of a verdict may speak of. */
export function verdictValues({ campaign, message, decisions }: RecipientStory, teller: Teller): Readonly<Record<string, string>> {
  const { moment } = teller;
  const last = decisions.at(-1);
  return {
    expiresAt: moment(campaign.expiresAtMs),
    startsAt: moment(campaign.scheduledAtMs ?? campaign.expiresAtMs),
    dueAt: moment(message.nextAtMs ?? campaign.expiresAtMs),
    capHours: String(Math.round((campaign.frequencyCapMs ?? hours(24)) / hours(1))),
    who: last === undefined ? teller.t("who.colleague") : whoOf(teller, last.userId),
  };
}
