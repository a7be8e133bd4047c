import { type DoorProblem, readAnswer } from "../../acting/call-door.ts";
import { type ImportDone, type ImportLine, type ImportProgress, linesFrom } from "./import-lines.ts";

/** How a request ended. `broken`: it did not, as far as we know. */
export type Sent =
  | { readonly end: "done"; readonly done: ImportDone }
  | { readonly end: "problem"; readonly problem: DoorProblem }
  | { readonly end: "broken" };

export type SendEvents = {
  readonly onSent: (sentBytes: number) => void;
  /** The whole file is on its way; what follows is the server's. */
  readonly onArrived: () => void;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly onEnd: (sent: Sent) => void;
};

/** Sends a file to the import door and listens. XMLHttpRequest: `fetch` tells nothing of an upload. Answers what ends it; `onEnd` is not told then. */
export function sendImport(path: string, file: File, events: SendEvents): () => void {
  const request = new XMLHttpRequest();
  let read = 0;
  let last: ImportLine | null = null;
  const listen = (): void => {
    const { lines, next } = linesFrom(request.responseText, read);
    read = next;
    for (const line of lines) {
      if ("progress" in line) events.onProgress(line.progress);
      else last = line;
    }
  };
  const isLines = (): boolean => request.getResponseHeader("content-type")?.startsWith(linesType) ?? false;
  request.upload.addEventListener("progress", ({ loaded }) => events.onSent(loaded));
  request.upload.addEventListener("load", () => events.onArrived());
  request.addEventListener("progress", () => {
    if (isLines()) listen();
  });
  const ended = async (): Promise<void> => {
    if (isLines()) listen();
    events.onEnd(isLines() ? await sentOf(last) : await refusedBy(request));
  };
  request.addEventListener("load", () => void ended());
  request.addEventListener("error", () => events.onEnd({ end: "broken" }));
  request.open("POST", path);
  request.setRequestHeader("accept", linesType);
  request.setRequestHeader("content-type", "text/csv");
  request.send(file);
  return () => request.abort();
}

const linesType = "application/x-ndjson";

async function sentOf(last: ImportLine | null): Promise<Sent> {
  if (last !== null && "done" in last) return { end: "done", done: last.done };
  if (last === null || !("problem" in last)) return { end: "broken" };
  return { end: "problem", problem: await problemOf(JSON.stringify(last.problem), last.problem.status, null) };
}

const refusedBy = async (request: XMLHttpRequest): Promise<Sent> => ({
  end: "problem",
  problem: await problemOf(request.responseText, request.status, request.getResponseHeader("x-request-id")),
});

async function problemOf(text: string, status: number, requestId: string | null): Promise<DoorProblem> {
  const isFailure = status >= 400 && status < 600;
  const headers = requestId === null ? {} : { "x-request-id": requestId };
  const read = await readAnswer(new Response(text, { status: isFailure ? status : 500, headers }));
  return read.ok ? { type: "unreadable", status, title: "", detail: "" } : read.error;
}
