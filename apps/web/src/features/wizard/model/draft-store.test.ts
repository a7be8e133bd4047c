import { err, ok, type Result } from "@herald/kernel";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DoorProblem } from "../../../acting/call-door.ts";
import { createDraftStore, type DraftWorld, type KeptDraft, type Saved, type SavedDraft } from "./draft-store.ts";

const savedAtMs = Date.UTC(2026, 10, 21, 14, 2);
const initial: SavedDraft = { name: "Spring sale", content: {}, version: 1, updatedAtMs: savedAtMs, updatedBy: "me" };
const problem = (type: string, status: number, facts: object = {}): DoorProblem => ({ type, status, title: "", detail: "", ...facts });

function aWorld(answers: readonly Result<Saved, DoorProblem>[], stored: SavedDraft | null = null) {
  const sent: { readonly name: string; readonly version: number; readonly content: object }[] = [];
  const kept: { last: KeptDraft | null } = { last: null };
  const world: DraftWorld = {
    put: async (body) => {
      sent.push(body);
      return answers[sent.length - 1] ?? ok({ version: body.version + 1, updatedAt: new Date(savedAtMs + sent.length).toISOString() });
    },
    read: async () => (stored === null ? err(problem("not_found", 404)) : ok(stored)),
    keep: (unsaved) => {
      kept.last = unsaved;
    },
  };
  return { store: createDraftStore(initial, world), sent, kept, world };
}
const seen = { atMs: 1, matched: 3, eligible: 2, excluded: [{ reason: "no_consent", count: 1 }] } as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what is typed is saved once the hand rests, and what is typed meanwhile goes with the next save", async () => {
  const { store, sent } = aWorld([]);
  store.rename("Spring sale –");
  store.rename("Spring sale – VIPs");
  expect(store.get().save.kind).toBe("unsaved");
  await vi.advanceTimersByTimeAsync(800);
  expect(sent).toEqual([{ name: "Spring sale – VIPs", version: 1, content: {} }]);
  expect(store.get()).toMatchObject({ version: 2, save: { kind: "saved", atMs: savedAtMs + 1 } });
  store.change({ senderId: "sender" });
  const saving = store.flush();
  store.change({ expiresInHours: 24 });
  await saving;
  await vi.advanceTimersByTimeAsync(800);
  expect(sent.slice(1).map(({ version, content }) => ({ version, content }))).toEqual([
    { version: 2, content: { senderId: "sender" } },
    { version: 3, content: { senderId: "sender", expiresInHours: 24 } },
  ]);
});

test("a count is dropped with what it was a count of, and kept over any other change", () => {
  const { store } = aWorld([]);
  store.noteCount(seen);
  expect(store.get().content.seen, "looking is no change").toBeUndefined();
  store.change({ audience: { tags: ["vip"] } });
  store.noteCount(seen);
  store.noteCount({ ...seen, eligible: 1 });
  store.change({ schedule: { start: "now" } });
  store.rename("Spring sale – VIPs");
  expect(store.get().content.seen, "the first count of it").toEqual(seen);
  for (const patch of [{ senderId: "sender" }, { template: undefined }, { variables: {} }, { audience: {} }]) {
    store.change({ seen });
    store.change(patch);
    expect(store.get().content.seen, JSON.stringify(patch)).toBeUndefined();
  }
});

test("who takes a colleague's draft over has changed nothing of it", async () => {
  const { store } = aWorld([], { ...initial, name: "Theirs", version: 7 });
  store.rename("Mine");
  await store.takeTheirs();
  store.noteCount(seen);
  expect(store.get().content.seen).toBeUndefined();
});

test("the colleague's draft that cannot be read is told, and what is on the screen stays", async () => {
  const moved = err(problem("draft_moved", 409, { version: 7, updatedAt: new Date(savedAtMs).toISOString() }));
  const { store } = aWorld([moved]);
  store.rename("Mine");
  await store.flush();
  expect(await store.takeTheirs()).toMatchObject({ ok: false, error: { type: "not_found" } });
  expect(store.get()).toMatchObject({ name: "Mine", save: { kind: "moved", version: 7 } });
});

test("without an answer it is told, kept outside the page, and tried again until it is saved", async () => {
  const { store, sent, kept } = aWorld([err(problem("offline", 0)), err(problem("unavailable", 503))]);
  store.change({ senderId: "sender" });
  await vi.advanceTimersByTimeAsync(800);
  expect(store.get().save.kind).toBe("waiting");
  expect(kept.last).toMatchObject({ name: "Spring sale", content: { senderId: "sender" }, version: 1 });
  await vi.advanceTimersByTimeAsync(2000 + 4000);
  expect(sent).toHaveLength(3);
  expect(store.get().save.kind).toBe("saved");
  expect(kept.last).toBeNull();
});

test("a colleague's save stops ours, and nothing typed is lost: mine can be kept", async () => {
  const moved = err(problem("draft_moved", 409, { version: 7, updatedAt: new Date(savedAtMs).toISOString(), updatedBy: "ana" }));
  const { store, sent, kept } = aWorld([moved], { ...initial, name: "Theirs", version: 7 });
  store.rename("Mine");
  await vi.advanceTimersByTimeAsync(800);
  expect(store.get().save).toEqual({ kind: "moved", version: 7, updatedAtMs: savedAtMs, updatedBy: "ana" });
  store.rename("Mine too");
  if (kept.last) store.restore(kept.last);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent, "nor when the same page is on the screen once more").toHaveLength(1);
  await store.keepMine();
  expect(sent[1]).toMatchObject({ name: "Mine too", version: 7 });
  expect(store.get()).toMatchObject({ name: "Mine too", version: 8, save: { kind: "saved" } });
});

test("after a colleague's save theirs can be taken instead", async () => {
  const moved = err(problem("draft_moved", 409, { version: 7, updatedAt: new Date(savedAtMs).toISOString(), updatedBy: "ana" }));
  const { store } = aWorld([moved], { ...initial, name: "Theirs", content: { senderId: "theirs" }, version: 7 });
  store.rename("Mine");
  await store.flush();
  await store.takeTheirs();
  expect(store.get()).toMatchObject({ name: "Theirs", content: { senderId: "theirs" }, version: 7, save: { kind: "saved" } });
  expect(store.hasUnsaved()).toBe(false);
});

test("a save of ours whose answer was lost is no colleague's", async () => {
  const moved = err(problem("draft_moved", 409, { version: 2, updatedAt: new Date(savedAtMs).toISOString() }));
  const { store } = aWorld([err(problem("offline", 0)), moved], { ...initial, name: "Mine", version: 2 });
  store.rename("Mine");
  await vi.advanceTimersByTimeAsync(800 + 2000);
  expect(store.get()).toMatchObject({ version: 2, save: { kind: "saved" } });
});

test("a page that is left while a save is on its way finds its own save when it comes back, whatever was typed meanwhile", async () => {
  const leaving = aWorld([]);
  const never = createDraftStore(initial, {
    put: () => new Promise(() => undefined),
    read: async () => err(problem("offline", 0)),
    keep: (unsaved) => {
      leaving.kept.last = unsaved;
    },
  });
  never.change({ audience: { tags: ["vip"], listIds: ["list"] } });
  void never.flush();
  never.change({ expiresInHours: 24 });
  const kept = leaving.kept.last;
  if (kept === null) throw new Error("nothing was kept");
  const stored = (tags: readonly string[]) => ({ ...initial, content: { audience: { listIds: ["list"], tags } }, version: 2 });
  const back = (tags: readonly string[]) => {
    const { put, ...world } = {
      put: vi.fn<DraftWorld["put"]>(async () => ok({ version: 3, updatedAt: new Date(savedAtMs).toISOString() })),
      read: async () => err(problem("offline", 0)),
    };
    const store = createDraftStore(stored(tags), { ...world, put, keep: () => undefined });
    store.restore(kept);
    return { store, put };
  };
  const own = back(["vip"]);
  expect(await own.store.flush()).toBe(true);
  expect(own.put).toHaveBeenCalledWith(expect.objectContaining({ version: 2, content: expect.objectContaining({ expiresInHours: 24 }) }));
  expect(back(["another"]).store.get().save.kind, "a colleague's stays a colleague's").toBe("moved");
});

test("what a door refuses is told, and the next key tries again", async () => {
  const { store, sent } = aWorld([err(problem("invalid_input", 422))]);
  store.rename("x".repeat(300));
  await vi.advanceTimersByTimeAsync(800);
  expect(store.get().save.kind).toBe("refused");
  expect(await store.flush()).toBe(true);
  expect(sent).toHaveLength(2);
});

test("what is typed while a refused save is on its way is saved without another key; what was refused is not sent again", async () => {
  const refused = err(problem("invalid_input", 422));
  const { store, sent } = aWorld([refused, refused]);
  store.rename("x".repeat(300));
  const saving = store.flush();
  store.rename("Short again");
  store.change({ senderId: "sender" });
  expect(await saving).toBe(false);
  expect(store.get().save.kind).toBe("unsaved");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toMatchObject([{ name: "x".repeat(300) }, { name: "Short again", content: { senderId: "sender" } }]);
  expect(sent).toHaveLength(2);
  expect(store.get().save.kind).toBe("refused");
  store.rename("x".repeat(300));
  const third = store.flush();
  store.rename("Spring sale");
  await third;
  await vi.advanceTimersByTimeAsync(800);
  expect(sent.at(-1)).toMatchObject({ name: "Spring sale", version: 2 });
});

test("typing back to what is saved while a refused save is on its way leaves nothing to save", async () => {
  const { store, sent, kept } = aWorld([err(problem("invalid_input", 422))]);
  store.rename("x".repeat(300));
  const saving = store.flush();
  store.rename("Spring sale");
  expect(await saving).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([sent.length, kept.last, store.get().save]).toEqual([1, null, { kind: "saved", atMs: savedAtMs }]);
});

test("a draft that is off the screen is not tried again, and what is unsaved stays kept", async () => {
  const { store, sent, kept } = aWorld([err(problem("offline", 0))]);
  store.rename("Typed");
  await store.flush();
  store.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toHaveLength(1);
  expect(kept.last).toMatchObject({ name: "Typed" });
});

test("a draft that was launched elsewhere takes nothing any more", async () => {
  const { store, sent } = aWorld([err(problem("draft_launched", 409, { campaignId: "campaign" }))]);
  store.rename("Late");
  await vi.advanceTimersByTimeAsync(800);
  store.rename("Later");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(store.get().save).toEqual({ kind: "launched", campaignId: "campaign" });
  expect(sent).toHaveLength(1);
});

test("what was typed before the page was left is there again; over a colleague's newer save it asks", async () => {
  const { store, sent } = aWorld([]);
  store.restore({ name: "Typed", content: {}, version: 1 });
  await vi.advanceTimersByTimeAsync(800);
  expect(sent).toMatchObject([{ name: "Typed" }]);
  const later = aWorld([]);
  later.store.restore({ name: "Typed", content: {}, version: 0 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(later.store.get()).toMatchObject({ name: "Typed", save: { kind: "moved", version: 1 } });
  expect(later.sent).toHaveLength(0);
});

test("what was typed over a colleague's newer save asks again after every reload, whatever was typed or counted meanwhile", async () => {
  const { store, sent, kept, world } = aWorld([]);
  const theirs = { ...initial, name: "Theirs", version: 2, updatedBy: "ana" };
  const reload = (): ReturnType<typeof createDraftStore> => {
    store.stop();
    const next = createDraftStore(theirs, world);
    if (kept.last) next.restore(kept.last);
    return next;
  };
  store.rename("Mine");
  const back = reload();
  expect(back.get().save).toEqual({ kind: "moved", version: 2, updatedAtMs: savedAtMs, updatedBy: "ana" });
  back.noteCount(seen);
  expect(back.get().content.seen, "nobody decided").toBeUndefined();
  back.change({ expiresInHours: 24 });
  const again = reload();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(again.get()).toMatchObject({ name: "Mine", content: { expiresInHours: 24 }, save: { kind: "moved", version: 2 } });
  expect(sent).toEqual([]);
  await again.keepMine();
  again.noteCount(seen);
  expect(sent).toMatchObject([{ name: "Mine", version: 2 }]);
  expect(again.get().content.seen, "counted once it is decided").toEqual(seen);
});

test("an earlier copy of the page brings back no earlier version of what was typed", async () => {
  const { store, sent } = aWorld([]);
  store.restore({ name: "Typed", content: {}, version: 3 });
  await store.flush();
  expect(sent).toMatchObject([{ name: "Typed", version: 3 }]);
});

test.each([
  { answer: problem("unauthenticated", 401), isTried: true },
  { answer: problem("offline", 0), isTried: true },
  { answer: problem("invalid_input", 422), isTried: false },
  { answer: problem("draft_moved", 409, { version: 2, updatedAt: new Date(savedAtMs).toISOString() }), isTried: false },
])("coming back to the page after $answer.type tries again: $isTried", async ({ answer, isTried }) => {
  const { store, sent } = aWorld([err(answer)]);
  store.retry();
  expect(sent, "nothing to save").toEqual([]);
  store.rename("Typed");
  await store.flush();
  store.retry();
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toHaveLength(isTried ? 2 : 1);
  expect(store.get().save.kind === "saved").toBe(isTried);
});

test("undoing by hand what was typed leaves nothing to save", async () => {
  const { store, sent, kept } = aWorld([]);
  store.rename("Spring");
  store.rename("Spring sale");
  await vi.advanceTimersByTimeAsync(5000);
  expect(store.get().save.kind).toBe("saved");
  expect([sent, kept.last]).toEqual([[], null]);
});
