import { parseSenderId, type SenderId } from "@herald/kernel";
import { z } from "zod";
import { AudienceCountsInput } from "../audience/audience-counts.ts";
import { AudienceParts, FieldSource, fixedText, idOf, placeholderKey, storableText, TemplateRef } from "./draft.ts";
import { OfferInput } from "./offer.ts";
import { instant, latePolicies, localTime } from "./schedule.ts";

/** A fixed text may still be empty: it is being written. */
const UnfinishedSource = z.discriminatedUnion("from", [FieldSource, z.strictObject({ from: z.literal("static"), value: fixedText })]);

/** The time may still be missing; an instant and a wall clock exclude each other. */
const UnfinishedSchedule = z
  .discriminatedUnion("start", [
    z.strictObject({ start: z.literal("now") }),
    z.strictObject({
      start: z.literal("at"),
      at: instant.optional(),
      local: localTime.optional(),
      zone: storableText(64).min(1).optional(),
    }),
  ])
  .refine((schedule) => schedule.start === "now" || schedule.at === undefined || (schedule.local ?? schedule.zone) === undefined, {
    error: "names two times",
    params: { cure: "Send either `at`, or `local` and `zone`." },
  });

/** What each step of the wizard has so far: every part may be missing, and what is there has its form. */
export const DraftContentInput = z.strictObject({
  senderId: idOf<SenderId>(parseSenderId, "sender").optional(),
  template: TemplateRef.optional(),
  variables: z.record(placeholderKey, UnfinishedSource).optional(),
  audience: AudienceParts.optional(),
  schedule: UnfinishedSchedule.optional(),
  ifLate: z.enum(latePolicies).optional(),
  expiresInHours: z.number().int().min(1).max(168).optional(),
  offer: OfferInput.optional(),
  /** What a preview said of exactly this when it was composed. What each person has seen of it since is no part of the draft: looking changes nothing. */
  seen: AudienceCountsInput.extend({ atMs: z.number().int().min(0) }).optional(),
});
export type DraftContent = z.output<typeof DraftContentInput>;
export type DraftSchedule = NonNullable<DraftContent["schedule"]>;
