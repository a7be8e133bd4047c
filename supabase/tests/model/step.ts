import type fc from "fast-check";
import type pg from "pg";
import { expect } from "vitest";
import type { Sending } from "../support/launched.ts";
import { expectBalance, messagesOf } from "../support/ledger.ts";
import type { Acting } from "../support/operator.ts";
import { isDue, type Model, type ModelAttempt, type ModelCampaign, type ModelMessage, newestOf } from "./model.ts";

/** The real thing: the database, through an engine's connection, that of a member's verbs, and an owner's to look. */
export type Real = Sending & { readonly engine: pg.Client; readonly verbs: pg.Client; readonly acting: Acting; readonly owner: pg.Pool };
export type Command = fc.AsyncCommand<Model, Real>;
type Act = (model: Model, real: Real) => Promise<void>;

/** A step, and after it all that must hold after every step: the rows are the model's, and the ledger balances. */
export const step = (name: string, isPossible: (model: Model) => boolean, act: Act): Command => ({
  check: (model) => isPossible(model),
  async run(model, real) {
    await act(model, real);
    model.steps += 1;
    for (const campaign of model.campaigns) await expectSame(campaign, real);
    await expectBalance(
      real.owner,
      model.campaigns.map(({ campaignId }) => campaignId),
    );
  },
  toString: () => name,
});

async function expectSame(campaign: ModelCampaign, real: Real): Promise<void> {
  const rows = await messagesOf(real.owner, campaign.campaignId);
  expect(
    rows.map(({ id, state, attempt, receipt: seen, tries, isQueued }) => ({ id, state, attempt, tries, isQueued, receipt: seen })),
  ).toEqual(
    campaign.messages.map((message) => ({
      id: message.messageId,
      state: message.state,
      attempt: message.attempts.length,
      tries: message.tries,
      isQueued: isDue(message),
      receipt: message.state === "accepted" ? message.receipt : null,
    })),
  );
}

export type Spot = { readonly campaign: ModelCampaign; readonly message: ModelMessage; readonly attempt: ModelAttempt };
export const attemptsOf = (model: Model, isMeant: (spot: Spot) => boolean): readonly Spot[] =>
  model.campaigns.flatMap((campaign) =>
    campaign.messages.flatMap((message) => message.attempts.map((attempt) => ({ campaign, message, attempt })).filter(isMeant)),
  );
export const pick = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error("check() let an impossible step through");
  return item;
};
export const handedOf = ({ message, attempt }: Spot) => ({ messageId: message.messageId, attempt: attempt.number });
/** A sender begins what it was handed while its slot lasts; recovery and returns come after. */
export const canBegin = ({ message, attempt }: Spot): boolean =>
  !attempt.begun && !attempt.lost && attempt === newestOf(message) && message.state === "dispatching";
