import type { ResultJson, ResultState } from "../support/engine.ts";

/** What a provider may say to a request, or later by webhook, and what that means to the ledger. */
export type Answer = {
  readonly state: Exclude<ResultState, "queued">;
  readonly json: ResultJson;
  readonly retryS: number | null;
  readonly block: "number" | "waba" | "template" | null;
  readonly pace: "slow" | "rest" | null;
  /** To the breaker: a failure that may lift by itself, or no answer. */
  readonly isBad: boolean;
};
const longRetryS = 3600;
/** Longer than the machine may stall between two steps. */
const restS = 600;

const said = (state: Answer["state"], json: ResultJson = {}, more: Partial<Answer> = {}): Answer => ({
  state,
  json,
  retryS: null,
  block: null,
  pace: null,
  isBad: false,
  ...more,
});
const refused = (name: string, more: Partial<Answer>, json: ResultJson = {}): Answer => {
  const answer = said("deferred", {}, more);
  const { retryS, block, pace } = answer;
  return {
    ...answer,
    json: {
      class: name,
      reason: name,
      code: "1",
      retryMs: retryS === null ? null : retryS * 1000,
      block,
      pace,
      counts: pace === null,
      ...json,
    },
  };
};
export const answers = {
  accepted: said("accepted"),
  held: said("held", { reason: "held_for_quality" }),
  failed: said("failed", { class: "CONTACT", reason: "CONTACT", code: "131026" }),
  unknown: said("unknown", { reason: "timeout" }, { isBad: true }),
  soon: refused("SOON", { retryS: 0, isBad: true }),
  later: refused("HOURS", { retryS: longRetryS }),
  tooFast: refused("SOON", { retryS: 0, pace: "slow" }),
  rest: refused("SOON", { retryS: restS, pace: "rest" }),
  numberRefused: refused("NUMBER", { block: "number" }),
  tokenRefused: refused("TOKEN", { block: "waba" }),
  templateRefused: refused("TEMPLATE", { block: "template" }),
} as const satisfies Readonly<Record<string, Answer>>;
export type AnswerName = keyof typeof answers;
