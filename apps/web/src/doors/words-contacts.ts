import type { NotOptedOut, OptOutNotOurs } from "@herald/contacts";
import type { Words } from "./problem.ts";

type Failure = OptOutNotOurs | NotOptedOut;

/** What the doors of contacts refuse. */
export const contactsWords: { readonly [Type in Failure["type"]]: (failure: Extract<Failure, { type: Type }>) => Words } = {
  opt_out_not_ours: ({ saidBy }) => ({
    status: 409,
    title: "Not ours to lift",
    detail:
      saidBy === "person"
        ? "The person said stop. Only the person can take that back."
        : "An imported file says that the person withdrew consent; no member recorded it by hand.",
    cure:
      saidBy === "person"
        ? "When the person allows marketing again on WhatsApp, Herald hears it and lifts the opt-out by itself."
        : "Ask the person; what the file says stays until the person says otherwise.",
    facts: { saidBy },
  }),
  not_opted_out: () => ({
    status: 409,
    title: "Nothing to lift",
    detail: "This person is not opted out of marketing.",
    cure: "Load the contact again: somebody may have lifted it meanwhile.",
  }),
};
