import { assertNever, type ContactId, err, type NotAllowed, type NotFound, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import type { PeopleCtx } from "../people/contact-port.ts";
import { Note } from "../people/text.ts";

/** `note`: why it was wrong; kept with the proof. */
export const LiftOptOutInput = z.strictObject({ note: Note });
export type LiftOptOut = z.output<typeof LiftOptOutInput> & { readonly contactId: ContactId };
/** Only what a member recorded by hand can be taken back by a member. */
export type OptOutNotOurs = { readonly type: "opt_out_not_ours"; readonly saidBy: "person" | "import" };
export type NotOptedOut = { readonly type: "not_opted_out" };
export type LiftedOptOut = { readonly contactId: ContactId; readonly consent: "granted" | "none" };

/** Takes back an opt-out that a member recorded. Consent is what it was before: a lift gives none. What the person said can only be unsaid by the person. */
export async function liftOptOut(
  ctx: PeopleCtx,
  { contactId, note }: LiftOptOut,
): Promise<Result<LiftedOptOut, NotFound | NotAllowed | OptOutNotOurs | NotOptedOut>> {
  if (!ctx.allows("consent.remove")) return err(notAllowed("consent.remove"));
  const lift = await ctx.contacts.liftOptOut(contactId, note);
  switch (lift) {
    case null:
      return err(notFound("contact"));
    case "own_word":
      return err({ type: "opt_out_not_ours", saidBy: "person" });
    case "imported":
      return err({ type: "opt_out_not_ours", saidBy: "import" });
    case "not_opted_out":
      return err({ type: "not_opted_out" });
    case "lifted_to_granted":
      return ok({ contactId, consent: "granted" });
    case "lifted_to_none":
      return ok({ contactId, consent: "none" });
    default:
      return assertNever(lift);
  }
}

/** Every way in which the verbs about one person may fail. */
export type PeopleProblem = NotFound | NotAllowed | OptOutNotOurs | NotOptedOut;
