import type fc from "fast-check";
import type pg from "pg";
import type { Sending } from "../support/launched.ts";
import type { Acting } from "../support/operator.ts";
import { expectSame, look, type Seen } from "./look.ts";
import { type Model, newestOf, type Spot } from "./model.ts";

/** The real thing: the database, through an engine's connection, that of a member's verbs, and an owner's to look and to arrange. */
export type Real = Pick<Sending, "workspaceId"> & {
  readonly engine: pg.Client;
  readonly verbs: pg.Client;
  readonly acting: Acting;
  readonly owner: pg.Client;
};
export type Command = fc.AsyncCommand<Model, Real>;
/** Does it to the real thing; may answer what to judge of what is there then. */
// biome-ignore lint/suspicious/noConfusingVoidType: an act that has nothing to judge returns nothing
type Act = (model: Model, real: Real) => Promise<((seen: Seen) => void) | void>;

/** A step, and after it all that must hold after every step. */
export const step = (name: string, isPossible: (model: Model) => boolean, act: Act): Command => ({
  check: (model) => isPossible(model),
  async run(model, real) {
    model.steps += 1;
    const judge = await act(model, real);
    const seen = await look(
      real.owner,
      real.workspaceId,
      model.campaigns.map(({ campaignId }) => campaignId),
    );
    judge?.(seen);
    expectSame(model, seen);
  },
  toString: () => name,
});

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
