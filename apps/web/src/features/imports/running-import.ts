import { callDoor, type DoorProblem } from "../../acting/call-door.ts";
import type { ImportDone, ImportProgress } from "./import-lines.ts";
import { sendImport } from "./send-import.ts";

type About = { readonly workspaceId: string; readonly fileName: string; readonly expectedRows: number };
/** The one import of this tab, from its first byte to its end. */
export type Running = About &
  (
    | { readonly phase: "uploading"; readonly sentBytes: number; readonly totalBytes: number }
    | { readonly phase: "importing"; readonly progress: ImportProgress | null }
    /** Cancelled, or the connection broke: the server is asked what became of it. */
    | { readonly phase: "checking" }
    | { readonly phase: "done"; readonly done: ImportDone; readonly wasCancelled: boolean }
    | { readonly phase: "cancelled" }
    | { readonly phase: "broken" }
    | { readonly phase: "unknown" }
    | { readonly phase: "refused"; readonly problem: DoorProblem }
  );

export const isUnderWay = (running: Running | null): boolean =>
  running !== null && (running.phase === "uploading" || running.phase === "importing" || running.phase === "checking");

let current: Running | null = null;
let abort = (): void => {};
let isCancelWanted = false;
const listeners = new Set<() => void>();

export const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const readRunning = (): Running | null => current;

// a reload ends the import, so the browser asks before it does
const askBeforeLeaving = (event: BeforeUnloadEvent): void => event.preventDefault();

function set(next: Running | null): void {
  current = next;
  if (isUnderWay(next)) window.addEventListener("beforeunload", askBeforeLeaving);
  else window.removeEventListener("beforeunload", askBeforeLeaving);
  for (const listener of listeners) listener();
}

export type StartImport = About & { readonly file: File; readonly query: URLSearchParams; readonly onEnd: (running: Running) => void };

/** Begins an import, which lives as long as the tab, whatever screen is shown. One at a time: a second is not begun. */
export function startImport({ workspaceId, fileName, expectedRows, file, query, onEnd }: StartImport): void {
  if (isUnderWay(current)) return;
  const about: About = { workspaceId, fileName, expectedRows };
  const end = (running: Running): void => {
    set(running);
    onEnd(running);
  };
  let progress: ImportProgress | null = null;
  let hasArrived = false;
  isCancelWanted = false;
  const resolve = async (why: "cancelled" | "broken"): Promise<void> => {
    set({ ...about, phase: "checking" });
    end(await whatBecameOf(about, { importBatchId: progress?.importBatchId ?? null, hasArrived, why }));
  };
  set({ ...about, phase: "uploading", sentBytes: 0, totalBytes: file.size });
  const stop = sendImport(`/api/workspaces/${workspaceId}/contacts/import?${query}`, file, {
    onSent: (sentBytes) => set({ ...about, phase: "uploading", sentBytes, totalBytes: file.size }),
    onArrived: () => {
      hasArrived = true;
      set({ ...about, phase: "importing", progress: null });
    },
    onProgress: (told) => {
      progress = told;
      if (isCancelWanted) cancel();
      else set({ ...about, phase: "importing", progress: told });
    },
    onEnd: (sent) => {
      if (sent.end === "done") end({ ...about, phase: "done", done: sent.done, wasCancelled: isCancelWanted });
      else if (sent.end === "problem") end({ ...about, phase: "refused", problem: sent.problem });
      else void resolve("broken");
    },
  });
  const cancel = (): void => {
    stop();
    void resolve("cancelled");
  };
  abort = () => {
    isCancelWanted = true;
    // once the file has arrived the import has an id, by which one can ask what became of it: it is in the first line of the answer
    if (current?.phase === "uploading" || progress !== null) cancel();
    else set({ ...about, phase: "checking" });
  };
}

export const cancelImport = (): void => {
  if (isUnderWay(current) && current?.phase !== "checking") abort();
};

/** Forgets an import that is over. */
export const dismissImport = (): void => {
  if (!isUnderWay(current)) set(null);
};

type Ending = { readonly importBatchId: string | null; readonly hasArrived: boolean; readonly why: "cancelled" | "broken" };

async function whatBecameOf(about: About, { importBatchId, hasArrived, why }: Ending): Promise<Running> {
  // a file that never came whole was never begun
  if (importBatchId === null) return { ...about, phase: hasArrived ? "unknown" : why };
  const found = await callDoor<ImportDone>(`/api/workspaces/${about.workspaceId}/contacts/imports/${importBatchId}`);
  if (found.ok) return { ...about, phase: "done", done: found.value, wasCancelled: why === "cancelled" };
  return { ...about, phase: found.error.type === "not_found" ? why : "unknown" };
}
