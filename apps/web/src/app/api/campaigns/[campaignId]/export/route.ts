import { openExport } from "@herald/campaign";
import { exportedCsv, exportName } from "../../../../../doors/export-csv.ts";
import { CampaignParams } from "../../../../../doors/ids.ts";
import { door, fromCampaign } from "../../../../../doors/index.ts";

/** GET: all recipients as CSV, page by page: each of them once, as it stood when its page was read. */
export const GET = door({
  auth: "member",
  action: "contacts.export",
  workspace: fromCampaign,
  audit: null,
  params: CampaignParams,
  input: ({ params }) => params,
  verb: openExport,
  stream: {
    contentType: "text/csv; charset=utf-8",
    fileName: exportName,
    parts: (services, { access, value }) => exportedCsv(services.transactions, access, value.campaignId),
  },
});
