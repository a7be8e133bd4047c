import type { RecipientStory } from "./explain-recipient.ts";
import type { AttemptLine, ConsentLine, DecisionEntry } from "./recipient-port.ts";

export type Receipted = "sent" | "delivered" | "read" | "failed";

/** One thing that happened to one recipient, or will. Times are as they were told: a provider's are whole seconds of its own clock. */
export type Step = { readonly atMs: number } & (
  | { readonly kind: "imported"; readonly fileName: string; readonly rowNo: number | null }
  | { readonly kind: "listed"; readonly name: string }
  | ({ readonly kind: "consent" } & Omit<ConsentLine, "atMs">)
  | { readonly kind: "suppressed"; readonly scope: string; readonly reason: string }
  | { readonly kind: "frozen"; readonly chunkNo: number; readonly entryNo: number }
  /** `launch`: never in the queue. `send`: a check of the gate, the end of the campaign's time or a cancellation took it out again. */
  | { readonly kind: "left_out"; readonly reason: string; readonly during: "launch" | "send" }
  /** All checks of the gate passed, in the transaction that committed the intent (law L7). */
  | { readonly kind: "checked"; readonly attempt: number; readonly epoch: number }
  | { readonly kind: "asked"; readonly attempt: number; readonly sendByMs: number }
  | { readonly kind: "not_begun"; readonly attempt: number; readonly detail: string | null }
  | {
      readonly kind: "answered";
      readonly attempt: number;
      readonly outcome: string;
      readonly code: string | null;
      readonly class: string | null;
      readonly detail: string | null;
      readonly latencyMs: number | null;
    }
  | {
      readonly kind: "receipt";
      readonly attempt: number;
      readonly receipt: Receipted;
      readonly code: string | null;
      readonly detail: string | null;
      readonly isProviderDouble: boolean;
    }
  | ({ readonly kind: "decided"; readonly decision: DecisionEntry["kind"] } & Pick<DecisionEntry, "userId" | "note" | "what">)
  | { readonly kind: "reply"; readonly type: string; readonly isAnswer: boolean }
  /** Lies ahead: the message is due then. */
  | { readonly kind: "due" }
);

/** A slot is this long: a request begins within it, or not at all (law L5). */
const slotMs = 15;

type Placed = { readonly step: Step; readonly orderMs: number };
const at = (step: Step, notBeforeMs = Number.NEGATIVE_INFINITY): Placed => ({ step, orderMs: Math.max(step.atMs, notBeforeMs) });

/** What happened to one recipient, newest last. A receipt never stands before the request it speaks of, whatever the two clocks say. */
export function timelineOf(story: RecipientStory): readonly Step[] {
  const { message, imported, lists, consents, suppressions, decisions, replies } = story;
  const placed: readonly Placed[] = [
    ...(imported ? [at({ kind: "imported", ...imported })] : []),
    ...lists.map(({ name, sinceMs }) => at({ kind: "listed", name, atMs: sinceMs })),
    ...consents.map((consent) => at({ kind: "consent", ...consent })),
    ...suppressions.map((suppression) => at({ kind: "suppressed", ...suppression })),
    ...launchOf(story),
    ...message.attempts.flatMap(attemptSteps),
    ...(leftOutLater(story) ? [at({ kind: "left_out", during: "send", reason: message.reason ?? "", atMs: message.changedAtMs })] : []),
    ...decisions.map(({ kind, ...decided }) => at({ kind: "decided", decision: kind, ...decided })),
    ...replies.map((reply) => at({ kind: "reply", ...reply })),
    ...(message.nextAtMs === null ? [] : [at({ kind: "due", atMs: message.nextAtMs }, message.changedAtMs)]),
  ];
  return placed.toSorted((one, other) => one.orderMs - other.orderMs).map(({ step }) => step);
}

function launchOf({ campaign, frozen, message }: RecipientStory): readonly Placed[] {
  if (campaign.frozenAtMs === null) return [];
  if (frozen) return [at({ kind: "frozen", chunkNo: frozen.chunkNo, entryNo: frozen.entryNo, atMs: campaign.frozenAtMs })];
  return message.state === "skipped"
    ? [at({ kind: "left_out", during: "launch", reason: message.reason ?? "", atMs: campaign.frozenAtMs })]
    : [];
}
const leftOutLater = ({ message, frozen }: RecipientStory): boolean => message.state === "skipped" && frozen !== null;

function attemptSteps(line: AttemptLine): readonly Placed[] {
  const { attempt, epoch, intentAtMs, sendByMs, settledAtMs, outcome, detail, latencyMs } = line;
  const slotAtMs = Math.max(intentAtMs, sendByMs - slotMs);
  // the request began within its slot; what is kept of the answer's time is when it was written down, up to a quarter of a second later
  const answeredAtMs = settledAtMs === null ? slotAtMs : latencyMs === null ? settledAtMs : Math.min(settledAtMs, slotAtMs + latencyMs);
  const isTaken = outcome === "accepted" || outcome === "held";
  // a receipt that says `failed` left its code with the attempt, whose answer said `accepted`
  const isCodeOfReceipt = line.failedAtMs !== null && (isTaken || outcome === "unknown");
  const [answerCode, receiptCode] = isCodeOfReceipt ? [null, line.code] : [line.code, null];
  const receipt = (name: Receipted, atMs: number | null): readonly Placed[] =>
    atMs === null
      ? []
      : [
          at(
            {
              kind: "receipt",
              attempt,
              receipt: name,
              code: name === "failed" ? receiptCode : null,
              detail: name === "failed" && isCodeOfReceipt ? detail : null,
              isProviderDouble: line.isProviderDouble && name === "delivered",
              atMs,
            },
            isTaken ? answeredAtMs : slotAtMs,
          ),
        ];
  const answer: readonly Placed[] =
    settledAtMs === null || outcome === null
      ? []
      : outcome === "not_started"
        ? [at({ kind: "not_begun", attempt, detail, atMs: settledAtMs })]
        : [
            at({
              kind: "answered",
              attempt,
              outcome,
              code: answerCode,
              class: isCodeOfReceipt ? null : line.class,
              detail: isCodeOfReceipt ? null : detail,
              latencyMs,
              atMs: answeredAtMs,
            }),
          ];
  return [
    at({ kind: "checked", attempt, epoch, atMs: intentAtMs }),
    ...(outcome === "not_started" ? [] : [at({ kind: "asked", attempt, sendByMs, atMs: slotAtMs })]),
    ...answer,
    ...receipt("sent", line.sentAtMs),
    ...receipt("delivered", line.deliveredAtMs),
    ...receipt("read", line.readAtMs),
    ...receipt("failed", line.failedAtMs),
  ];
}
