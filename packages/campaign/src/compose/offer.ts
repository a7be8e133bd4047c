import { z } from "zod";
import { storableText } from "./draft.ts";

const maxFacts = 20;

/** Free facts about what is offered, for whoever answers replies later: frozen with the campaign, never sent. */
export const OfferInput = z
  .array(z.strictObject({ label: storableText(100).trim().min(1), value: storableText(1000).trim().min(1) }))
  .max(maxFacts);
export type Offer = readonly { readonly label: string; readonly value: string }[];
