import { Schema } from "mongoose";
import { requireInFilters } from "../guard.ts";
import { schemaOptions } from "./options.ts";

export const deliveryEvents = ["sent", "delivered", "read", "failed"] as const;
export type DeliveryEvent = (typeof deliveryEvents)[number];

/** When an attempt reached one stage of its way; what time series over a campaign are made of. */
export type DeliveryEventDocument = {
  /** `<workspaceId>:<messageKey>:<event>` */
  readonly _id: string;
  readonly workspaceId: string;
  readonly campaignId: string;
  readonly messageKey: string;
  readonly event: DeliveryEvent;
  readonly at: Date;
};

export const messageDeliveryEvents = new Schema<DeliveryEventDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    campaignId: { type: String, required: true },
    messageKey: { type: String, required: true },
    event: { type: String, required: true, enum: deliveryEvents },
    at: { type: Date, required: true },
  },
  { ...schemaOptions, collection: "message_delivery_events" },
);
messageDeliveryEvents.index({ workspaceId: 1, campaignId: 1, at: 1 }, { name: "campaign_in_time" });
requireInFilters(messageDeliveryEvents, "workspaceId");
