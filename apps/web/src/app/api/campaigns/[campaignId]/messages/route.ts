import { bucketsOf, listRecipients, messageStates } from "@herald/campaign";
import { z } from "zod";
import { MessagesAnswer, messageBuckets, presentMessages } from "../../../../../doors/answers/message.ts";
import { CampaignParams, contactId, messageId } from "../../../../../doors/ids.ts";
import { door, fromCampaign, otherMethods } from "../../../../../doors/index.ts";

const PageQuery = z.strictObject({
  /** The `next` of the page before. */
  after: contactId.nullable().default(null),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** One or several, with commas between them. */
  bucket: z
    .string()
    .transform((text): unknown => text.split(","))
    .pipe(z.array(messageBuckets).min(1))
    .nullable()
    .default(null),
  /** All buckets of one state at once. */
  state: z.enum(messageStates).nullable().default(null),
  /** As the campaign's report names them: a reason, or a class of a refusal; and the provider's code. */
  reason: z.string().min(1).max(60).nullable().default(null),
  code: z.string().min(1).max(60).nullable().default(null),
  /** Part of a name, or digits of a phone number. */
  search: z.string().trim().min(1).max(100).nullable().default(null),
  /** Just these, with commas between them: a screen asks again for the rows it shows. */
  messageIds: z
    .string()
    .transform((text): unknown => text.split(","))
    .pipe(z.array(messageId).min(1).max(200))
    .nullable()
    .default(null),
});

/** GET: a page of its recipients, in an order that never changes. */
export const GET = door({
  auth: "member",
  action: "campaign.read",
  workspace: fromCampaign,
  audit: null,
  params: CampaignParams,
  query: PageQuery,
  input: ({ params, query: { after, limit, bucket, state, ...filter } }) => ({
    ...params,
    after,
    limit,
    filter: { ...filter, buckets: bucket ?? (state && bucketsOf(state)) },
  }),
  verb: listRecipients,
  answer: MessagesAnswer,
  present: presentMessages,
});

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods("GET");
