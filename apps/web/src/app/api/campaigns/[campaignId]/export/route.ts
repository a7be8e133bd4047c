import { openExport } from "@herald/campaign";
import { audited } from "@herald/identity";
import { exportedCsv, exportName } from "../../../../../doors/export-csv.ts";
import { CampaignParams } from "../../../../../doors/ids.ts";
import { door, fromCampaign, otherMethodsOfFile } from "../../../../../doors/index.ts";

const beginFile = audited(openExport, ({ campaignId }) => ({ of: "recipients", campaignId }));

/** GET: all recipients as CSV, page by page: each of them once, as it stood when its page was read. */
export const GET = door({
  auth: "member",
  action: "contacts.export",
  workspace: fromCampaign,
  audit: "recipients.exported",
  params: CampaignParams,
  input: ({ params }) => params,
  verb: beginFile,
  stream: {
    contentType: "text/csv; charset=utf-8",
    fileName: exportName,
    parts: (services, { access, value }) => exportedCsv(services.transactions, access, value.campaignId),
  },
});

export const { DELETE, HEAD, OPTIONS, PATCH, POST, PUT } = otherMethodsOfFile();
