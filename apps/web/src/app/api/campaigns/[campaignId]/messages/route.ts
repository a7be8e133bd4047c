import { listMessages, messageStates } from "@herald/campaign";
import { z } from "zod";
import { MessagesAnswer, presentMessages } from "../../../../../doors/answers/message.ts";
import { CampaignParams, contactId } from "../../../../../doors/ids.ts";
import { door, fromCampaign } from "../../../../../doors/index.ts";

const PageQuery = z.strictObject({
  /** The `next` of the page before. */
  after: contactId.nullable().default(null),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  state: z.enum(messageStates).nullable().default(null),
});

/** GET: a page of the ledger, in a stable order. */
export const GET = door({
  auth: "member",
  action: "campaign.read",
  workspace: fromCampaign,
  audit: null,
  params: CampaignParams,
  query: PageQuery,
  input: ({ params, query }) => ({ ...params, ...query }),
  verb: listMessages,
  answer: MessagesAnswer,
  present: presentMessages,
});
