import {
  type ImportBatchId,
  parseContactId,
  parseImportBatchId,
  parseRecipientListId,
  parseSenderId,
  type RecipientListId,
  type SenderId,
} from "@herald/kernel";
import { z } from "zod";

/** Strings that parse to a branded id, with words that say what was expected. */
const idOf = <Id extends string>(parse: (value: string) => Id | null, what: string) =>
  z.string().transform((value, ctx): Id => {
    const id = parse(value);
    if (id !== null) return id;
    ctx.addIssue({ code: "custom", message: `is not the id of a ${what}` });
    return z.NEVER;
  });

const tag = z.string().min(1).max(60);
const listId = idOf<RecipientListId>(parseRecipientListId, "list");
const importBatchId = idOf<ImportBatchId>(parseImportBatchId, "import");

export const AudienceInput = z
  .strictObject({
    listIds: z.array(listId).max(100).optional(),
    importBatchIds: z.array(importBatchId).max(100).optional(),
    tags: z.array(tag).max(100).optional(),
    contactIds: z.array(idOf(parseContactId, "contact")).max(50_000).optional(),
    exclude: z.strictObject({ listIds: z.array(listId).max(100).optional(), tags: z.array(tag).max(100).optional() }).optional(),
  })
  .refine(
    (audience) => [audience.listIds, audience.importBatchIds, audience.tags, audience.contactIds].some((part) => (part?.length ?? 0) > 0),
    "choose at least one list, import, tag or contact",
  );

export const VariableSourceInput = z.discriminatedUnion("from", [
  z.strictObject({ from: z.literal("field"), field: z.string().min(1).max(60), fallback: z.string().max(1000).optional() }),
  z.strictObject({ from: z.literal("static"), value: z.string().min(1).max(100_000) }),
]);

/** What an operator composes: from whom, what, to whom. The same object is previewed and launched. */
export const CampaignDraftInput = z.strictObject({
  senderId: idOf<SenderId>(parseSenderId, "sender"),
  template: z.strictObject({ name: z.string().min(1).max(512), language: z.string().min(2).max(15) }),
  audience: AudienceInput,
  variables: z.record(z.string().regex(/^(body|header)\.[\w.]{1,60}$|^button\.\d$/), VariableSourceInput).default({}),
});
export type CampaignDraft = z.output<typeof CampaignDraftInput>;
