import { parseImportBatchId } from "@herald/kernel";
import { notFound } from "next/navigation";
import { cache } from "react";
import { readImportPage } from "../../../../../../../features/imports/read-imports.ts";
import { readMember } from "../../../../../../../panel/member.ts";

const read = cache(async (workspaceId: string, importInAddress: string) => {
  const member = await readMember(workspaceId);
  const importBatchId = parseImportBatchId(importInAddress);
  const page = importBatchId && (await readImportPage(member.db, member.workspaceId, importBatchId));
  return importBatchId && page ? { member, importBatchId, page } : notFound();
});

/** The import in the address; unknown and foreign ones answer alike: there is no such page. */
export async function importInPath(params: Promise<{ readonly workspaceId: string; readonly importBatchId: string }>) {
  const { workspaceId, importBatchId } = await params;
  return read(workspaceId, importBatchId);
}
