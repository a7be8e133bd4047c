export { bulkCampaignDispatchWorkflow } from "./bulk-campaign-dispatch.ts";
