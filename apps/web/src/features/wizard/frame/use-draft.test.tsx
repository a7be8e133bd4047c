// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { useEffect, useSyncExternalStore } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { doBeforeSignOut } from "../../../acting/before-sign-out.ts";
import wizard from "../../../words/en/wizard.json" with { type: "json" };
import { WordsProvider } from "../../../words/words-provider.client.tsx";
import type { DraftStore } from "../model/draft-store.ts";
import { useDraft } from "./use-draft.client.ts";

const saved = { name: "Spring sale", content: {}, version: 1, updatedAtMs: 0, updatedBy: null };
const refusal = (type: string, status: number) => () => Response.json({ type: `urn:herald:problem:${type}`, status }, { status });
const accepted = () => Response.json({ version: 2, updatedAt: "2026-11-21T14:02:00Z" });
const open: { store?: DraftStore } = {};

function Page({ userId, draftId }: { readonly userId: string; readonly draftId: string }) {
  const store = useDraft({ workspaceId: "w", userId, draftId, saved });
  const { name, save } = useSyncExternalStore(store.subscribe, store.get, store.get);
  useEffect(() => {
    open.store = store;
  }, [store]);
  return <output data-save={save.kind === "refused" ? save.problem.type : save.kind}>{name}</output>;
}
const show = (userId: string, draftId: string) =>
  render(
    <WordsProvider messages={{ wizard }} zone="UTC" nowMs={0}>
      <Page userId={userId} draftId={draftId} />
    </WordsProvider>,
  );
const shown = () => screen.getByRole("status");
const become = (save: string) => waitFor(() => expect(shown().dataset["save"]).toBe(save));
const comeBack = (): boolean => document.dispatchEvent(new Event("visibilitychange"));

/** The doors, each with what it answers in turn; the last answer stays. */
function doors({ put, me = "mia" }: { readonly put: readonly (() => Response)[]; readonly me?: string }) {
  const asked: string[] = [];
  const whoIsIn = { userId: me };
  vi.stubGlobal("fetch", async (path: string, call: RequestInit) => {
    asked.push(`${call.method} ${path}`);
    if (path === "/api/auth/me") return Response.json(whoIsIn);
    const puts = asked.filter((one) => one.startsWith("PUT")).length;
    return (put[puts - 1] ?? put.at(-1) ?? accepted)();
  });
  return { asked, whoIsIn };
}
async function type(name: string): Promise<void> {
  await act(async () => {
    open.store?.rename(name);
    await open.store?.flush();
  });
}

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

test("what one person typed and nothing saved comes back to that person alone", async () => {
  doors({ put: [refusal("unauthenticated", 401)] });
  const mias = show("mia", "d1");
  await type("Typed by Mia");
  mias.unmount();
  const adams = show("adam", "d1");
  expect(shown().textContent).toBe("Spring sale");
  adams.unmount();
  show("mia", "d1");
  expect(shown().textContent).toBe("Typed by Mia");
});

test("after signing in again in another tab, coming back saves what was typed", async () => {
  const { asked } = doors({ put: [refusal("unauthenticated", 401), accepted] });
  show("mia", "d2");
  await type("Typed by Mia");
  await become("unauthenticated");
  comeBack();
  await become("saved");
  expect(asked.slice(1)).toEqual(["GET /api/auth/me", "PUT /api/workspaces/w/drafts/d2"]);
});

test("nothing is saved under the name of another who signed in meanwhile; back as oneself it is", async () => {
  const { asked, whoIsIn } = doors({ put: [accepted], me: "adam" });
  show("mia", "d3");
  comeBack();
  await type("Typed by Mia");
  await become("other_person");
  expect(asked).toEqual(["GET /api/auth/me"]);
  whoIsIn.userId = "mia";
  comeBack();
  await become("saved");
});

test("signing out saves first, and is told what could not be saved", async () => {
  const { asked } = doors({ put: [accepted, refusal("forbidden", 403)] });
  const page = show("mia", "d4");
  act(() => open.store?.rename("Typed by Mia"));
  expect(await act(doBeforeSignOut)).toEqual([]);
  expect(asked).toEqual(["PUT /api/workspaces/w/drafts/d4"]);
  act(() => open.store?.rename("Typed later"));
  expect(await act(doBeforeSignOut)).toEqual([wizard.leave.signedOut]);
  page.unmount();
  expect(await doBeforeSignOut(), "off the screen").toEqual([]);
});
