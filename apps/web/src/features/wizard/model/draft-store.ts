import type { Result } from "@herald/kernel";
import type { DoorProblem } from "../../../acting/call-door.ts";
import { countedParts, type DraftContent, type Seen, savable } from "./draft-content.ts";
import { inOrder } from "./in-order.ts";

export type SavedDraft = {
  readonly name: string;
  readonly content: DraftContent;
  readonly version: number;
  readonly updatedAtMs: number;
  readonly updatedBy: string | null;
};
export type SaveState =
  | { readonly kind: "saved"; readonly atMs: number }
  | { readonly kind: "unsaved" }
  | { readonly kind: "saving" }
  /** No answer, or none that says what became of it; tried again by itself. */
  | { readonly kind: "waiting"; readonly problem: DoorProblem }
  /** A colleague saved meanwhile: nothing of ours is written until somebody decides. */
  | { readonly kind: "moved"; readonly version: number; readonly updatedAtMs: number; readonly updatedBy: string | null }
  | { readonly kind: "launched"; readonly campaignId: string }
  | { readonly kind: "refused"; readonly problem: DoorProblem };
export type DraftSnapshot = { readonly name: string; readonly content: DraftContent; readonly version: number; readonly save: SaveState };

type Put = (body: {
  readonly name: string;
  readonly content: DraftContent;
  readonly version: number;
}) => Promise<Result<Saved, DoorProblem>>;
export type Saved = { readonly version: number; readonly updatedAt: string };
export type DraftWorld = {
  readonly put: Put;
  /** The draft as it is stored now. */
  readonly read: () => Promise<Result<SavedDraft, DoorProblem>>;
  /** What is typed and not saved yet, kept outside the page; null: everything is saved. */
  readonly keep: (unsaved: KeptDraft | null) => void;
};
export type KeptDraft = Omit<SavedDraft, "updatedAtMs" | "updatedBy"> & {
  /** What was on its way to be saved: found stored, it is no colleague's. */
  readonly sent?: string;
};

export type DraftStore = {
  readonly subscribe: (listener: () => void) => () => void;
  readonly get: () => DraftSnapshot;
  readonly rename: (name: string) => void;
  readonly change: (patch: Partial<DraftContent>) => void;
  /** The count of what this person changed goes with the draft, once; who only looks at it changes nothing, nor does anybody undecided. */
  readonly noteCount: (seen: Seen) => void;
  /** Saves at once; true when everything typed so far is saved. */
  readonly flush: () => Promise<boolean>;
  /** Tries at once what may be saved by now: there was no answer, or nobody was signed in. */
  readonly retry: () => void;
  /** After `moved`: what is on the screen replaces what the colleague saved. */
  readonly keepMine: () => Promise<boolean>;
  /** After `moved`: what the colleague saved replaces what is on the screen, unless it cannot be read. */
  readonly takeTheirs: () => Promise<Result<SavedDraft, DoorProblem>>;
  /** What was typed before the page was left without saving. */
  readonly restore: (kept: KeptDraft) => void;
  readonly hasUnsaved: () => boolean;
  /** No save by itself any more: the draft is off the screen; what is kept outside of the page comes back with it. */
  readonly stop: () => void;
};

const restMs = 800;
const retryMs = [2000, 4000, 8000, 15_000] as const;
const isTemporary = ({ type, status }: DoorProblem): boolean =>
  type === "offline" || type === "unreadable" || status >= 500 || status === 429;
/** Another sign-in in this browser may have cured it. */
const isOfSession = ({ type }: DoorProblem): boolean => type === "unauthenticated" || type === "other_person";
const textOf = (name: string, content: DraftContent): string => JSON.stringify([name, savable(content)], inOrder);

/** A draft that saves itself: one request at a time, what is typed meanwhile goes with the next one, and nothing typed is ever dropped. */
export function createDraftStore(initial: SavedDraft, world: DraftWorld): DraftStore {
  let shown: DraftSnapshot = {
    name: initial.name,
    content: initial.content,
    version: initial.version,
    save: { kind: "saved", atMs: initial.updatedAtMs },
  };
  let savedText = textOf(initial.name, initial.content);
  let savedAtMs = initial.updatedAtMs;
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let sent: string | undefined;
  let isTouched = false;
  const listeners = new Set<() => void>();

  const show = (change: Partial<DraftSnapshot>): void => {
    shown = { ...shown, ...change };
    for (const listener of listeners) listener();
  };
  const hasUnsaved = (): boolean => textOf(shown.name, shown.content) !== savedText;
  const isHalted = (): boolean => shown.save.kind === "moved" || shown.save.kind === "launched";
  const keep = (): void => {
    const { name, content, version } = shown;
    world.keep(hasUnsaved() ? { name, content: savable(content), version, ...(sent !== undefined && { sent }) } : null);
  };

  const edit = (change: Pick<Partial<DraftSnapshot>, "name" | "content">): void => {
    shown = { ...shown, ...change };
    isTouched = true;
    keep();
    if (isHalted() || running) return show({});
    clearTimeout(timer);
    if (!hasUnsaved()) return show({ save: { kind: "saved", atMs: savedAtMs } });
    show(shown.save.kind === "waiting" ? {} : { save: { kind: "unsaved" } });
    saveIn(restMs);
  };
  const saveIn = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), ms);
  };

  const save = (): Promise<void> => {
    clearTimeout(timer);
    if (running) return running;
    const sentText = textOf(shown.name, shown.content);
    running = send().finally(() => {
      running = null;
      // typed while the request was on its way; what was refused is not sent again as it was
      const isSettled = shown.save.kind === "saved" || shown.save.kind === "refused";
      if (!isSettled || textOf(shown.name, shown.content) === sentText) return;
      if (!hasUnsaved()) return show({ save: { kind: "saved", atMs: savedAtMs } });
      show({ save: { kind: "unsaved" } });
      saveIn(restMs);
    });
    return running;
  };

  async function send(): Promise<void> {
    const { name, version } = shown;
    const content = savable(shown.content);
    const text = textOf(name, content);
    sent = text;
    keep();
    show({ save: { kind: "saving" } });
    const done = await world.put({ name, content, version });
    if (done.ok) return accept(text, done.value.version, Date.parse(done.value.updatedAt));
    await settle(done.error, text);
  }

  const accept = (text: string, version: number, atMs: number): void => {
    failures = 0;
    sent = undefined;
    savedText = text;
    savedAtMs = atMs;
    show({ version, save: { kind: "saved", atMs } });
    keep();
  };

  async function settle(problem: DoorProblem, text: string): Promise<void> {
    if (problem.type === "draft_launched") return show({ save: { kind: "launched", campaignId: String(problem["campaignId"]) } });
    if (problem.type === "draft_moved") {
      // an earlier try of ours may have arrived although its answer did not
      const stored = await world.read();
      if (stored.ok && textOf(stored.value.name, stored.value.content) === text)
        return accept(text, stored.value.version, stored.value.updatedAtMs);
      const updatedAtMs = Date.parse(String(problem["updatedAt"]));
      const updatedBy = typeof problem["updatedBy"] === "string" ? problem["updatedBy"] : null;
      return show({ save: { kind: "moved", version: Number(problem["version"]), updatedAtMs, updatedBy } });
    }
    if (!isTemporary(problem)) return show({ save: { kind: "refused", problem } });
    show({ save: { kind: "waiting", problem } });
    saveIn(retryMs[Math.min(failures, retryMs.length - 1)] ?? restMs);
    failures += 1;
  }

  const flush = async (): Promise<boolean> => {
    if (running) await running;
    if (isHalted()) return false;
    if (hasUnsaved()) await save();
    return shown.save.kind === "saved" && !hasUnsaved();
  };

  const change = (patch: Partial<DraftContent>): void => {
    // a count of what it was before is no count of this
    const isCountedAnew = countedParts.some((part) => part in patch);
    edit({ content: { ...shown.content, ...(isCountedAnew && { seen: undefined }), ...patch } });
  };

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get: () => shown,
    rename: (name) => edit({ name }),
    change,
    noteCount: (seen) => {
      if (isTouched && !isHalted() && shown.content.seen === undefined) change({ seen });
    },
    flush,
    retry: () => {
      const { save: said } = shown;
      if (said.kind === "waiting" || (said.kind === "refused" && isOfSession(said.problem))) void flush();
    },
    keepMine: () => {
      if (shown.save.kind === "moved") shown = { ...shown, version: shown.save.version, save: { kind: "unsaved" } };
      // also when both say the same: the version has to be taken over
      savedText = "";
      return flush();
    },
    takeTheirs: async () => {
      const stored = await world.read();
      if (!stored.ok) return stored;
      const { name, content, version, updatedAtMs } = stored.value;
      shown = { ...shown, name, content };
      isTouched = false;
      accept(textOf(name, content), version, updatedAtMs);
      return stored;
    },
    restore: (kept) => {
      // the same page is on the screen once more, with all of it
      if (isHalted()) return;
      if (textOf(kept.name, kept.content) === savedText) return world.keep(null);
      isTouched = true;
      const { name, content } = kept;
      if (kept.version >= initial.version || kept.sent === savedText) {
        show({ name, content, version: Math.max(kept.version, shown.version), save: { kind: "unsaved" } });
        return saveIn(restMs);
      }
      // the version that it was typed over stays with it until somebody decides: with the newer one it would be saved over that
      sent = kept.sent;
      const { version, updatedAtMs, updatedBy } = initial;
      show({ name, content, version: kept.version, save: { kind: "moved", version, updatedAtMs, updatedBy } });
    },
    hasUnsaved,
    stop: () => clearTimeout(timer),
  };
}
