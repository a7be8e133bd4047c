import type { Bucket, MessageState } from "@herald/campaign";
import type { input } from "zod";
import type { MessagesAnswer } from "../../doors/answers/message.ts";

/** One row as the door tells it. */
export type RecipientRow = input<typeof MessagesAnswer>["messages"][number];

export const pageSize = 100;

/** The bucket of a row, as the ledger counts it: its state, and of an accepted one its newest receipt. */
export function bucketOfRow({ state, receipt }: { readonly state: MessageState; readonly receipt: string | null }): Bucket {
  if (state !== "accepted" || receipt === null) return state;
  return receipt === "played" ? "read" : (receipt as Bucket);
}
