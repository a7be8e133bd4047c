import type { ImportTry } from "@herald/contacts";
import { err, type Result } from "@herald/kernel";
import { type DoorProblem, readAnswer } from "../../acting/call-door.ts";
import type { FileHead } from "./file-head.ts";

/** Asks what an import would make of the first rows. Throws only when `signal` says that nobody waits any more. */
export async function tryFile(
  workspaceId: string,
  head: FileHead,
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<Result<ImportTry, DoorProblem>> {
  const asked = new URLSearchParams(query);
  asked.set("cut", head.isCut ? "yes" : "no");
  try {
    const response = await fetch(`/api/workspaces/${workspaceId}/contacts/import/try?${asked}`, {
      method: "POST",
      headers: { "content-type": "text/csv" },
      body: head.bytes,
      signal,
      cache: "no-store",
    });
    return await readAnswer<ImportTry>(response);
  } catch (error) {
    if (signal.aborted) throw error;
    return err({ type: "offline", status: 0, title: "", detail: "" });
  }
}
