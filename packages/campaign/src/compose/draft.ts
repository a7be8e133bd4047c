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
export const idOf = <Id extends string>(parse: (value: string) => Id | null, what: string) =>
  z.string().transform((value, ctx): Id => {
    const id = parse(value);
    if (id !== null) return id;
    ctx.addIssue({ code: "custom", message: `is not the id of a ${what}`, params: { cure: "Copy it as an earlier answer gave it." } });
    return z.NEVER;
  });

/** What JSON lets through and Postgres cannot keep: it would come back as a failure of ours, long after the operator could mend it. */
const isStorable = (value: string): boolean => value.isWellFormed() && !value.includes("\0");
export const storableText = (max: number) => z.string().max(max).refine(isStorable, "holds characters that cannot be stored");

const tag = storableText(60).min(1);
const listId = idOf<RecipientListId>(parseRecipientListId, "list");
const importBatchId = idOf<ImportBatchId>(parseImportBatchId, "import");

/** Parts of an audience as they are chosen one after another; none may stand there yet. */
export const AudienceParts = z.strictObject({
  listIds: z.array(listId).max(100).optional(),
  importBatchIds: z.array(importBatchId).max(100).optional(),
  tags: z.array(tag).max(100).optional(),
  contactIds: z.array(idOf(parseContactId, "contact")).max(50_000).optional(),
  exclude: z.strictObject({ listIds: z.array(listId).max(100).optional(), tags: z.array(tag).max(100).optional() }).optional(),
});
/** An audience that only takes away is nobody. */
export const namesSomebody = (audience: z.output<typeof AudienceParts>): boolean =>
  [audience.listIds, audience.importBatchIds, audience.tags, audience.contactIds].some((part) => (part?.length ?? 0) > 0);
const AudienceInput = AudienceParts.refine(namesSomebody, "choose at least one list, import, tag or contact");

export const FieldSource = z.strictObject({
  from: z.literal("field"),
  field: storableText(60).min(1),
  fallback: storableText(1000).optional(),
});
export const fixedText = storableText(100_000).trim();
const VariableSourceInput = z.discriminatedUnion("from", [
  FieldSource,
  z.strictObject({ from: z.literal("static"), value: fixedText.min(1) }),
]);

export const TemplateRef = z.strictObject({ name: storableText(512).min(1), language: storableText(15).min(2) });
export const placeholderKey = z.string().refine((key) => /^(body|header)\.[\w.]{1,60}$|^button\.\d$/.test(key), {
  error: "is not the key of a placeholder: the part of the template stands before its name",
  params: { cure: 'Write it like "body.order_number", "body.1", "header.1", "header.media" or "button.0".' },
});

/** What an operator composes: from whom, what, to whom. The same object is previewed and launched. */
export const CampaignDraftInput = z.strictObject({
  senderId: idOf<SenderId>(parseSenderId, "sender"),
  template: TemplateRef,
  audience: AudienceInput,
  variables: z.record(placeholderKey, VariableSourceInput).default({}),
});
export type CampaignDraft = z.output<typeof CampaignDraftInput>;
