// @vitest-environment jsdom
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CampaignRow } from "../../doors/answers/campaign-list.ts";
import { useLines } from "./use-lines.client.ts";

type Listener = (campaignId: string | null) => void;
const listeners = vi.hoisted(() => new Set<Listener>());
const world = vi.hoisted(() => ({
  router: { refresh: vi.fn<() => void>() },
  line: {
    isConnected: true,
    listen: (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  },
}));
vi.mock("next/navigation", () => ({ useRouter: () => world.router }));
vi.mock("../../realtime/connection.client.tsx", () => ({ useLine: () => world.line }));

const atMs = Date.UTC(2026, 10, 21, 14);
const row = { campaignId: "known" } as CampaignRow;
const page = { items: [{ row }], attention: 0, atMs };
let answer: () => Response;
let attention: number;

beforeEach(() => {
  vi.useFakeTimers({ now: atMs });
  world.router.refresh.mockClear();
  world.line.isConnected = true;
  attention = 0;
  answer = () => Response.json({ campaigns: [row], attention });
  vi.stubGlobal("fetch", async () => answer());
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function Rows({ made = page, isHeld = false }: { readonly made?: typeof page; readonly isHeld?: boolean }) {
  useLines("w", made, isHeld);
  return null;
}
const pass = (passesMs: number) => act(() => vi.advanceTimersByTimeAsync(passesMs));
const tell = (campaignId: string | null): void =>
  act(() => {
    for (const listener of listeners) listener(campaignId);
  });
const renewals = (): number => world.router.refresh.mock.calls.length;

test("a campaign that comes to need somebody brings the page that shows it, once per figure", async () => {
  const { rerender } = render(<Rows />);
  await pass(8000);
  expect(renewals(), "nothing changed").toBe(0);
  attention = 3;
  tell("known");
  await pass(2000);
  expect(renewals()).toBe(1);
  rerender(<Rows made={{ ...page, attention: 3, atMs: atMs + 10_000 }} />);
  await pass(60_000);
  expect(renewals(), "the page says the same figure now").toBe(1);
});

test("a page that goes on saying another figure is not asked for in a circle", async () => {
  const { rerender } = render(<Rows />);
  attention = 3;
  await pass(30_000);
  expect(renewals()).toBe(1);
  rerender(<Rows made={{ ...page, atMs: atMs + 31_000 }} />);
  await pass(90_000);
  expect(renewals()).toBe(1);
});

test("a change of a campaign that is not on the page brings the page, a storm of them at most every 5 s; one of its own rows does not", async () => {
  render(<Rows />);
  await pass(8000);
  tell("known");
  await pass(8000);
  expect(renewals()).toBe(0);
  tell("launched");
  await pass(1500);
  expect(renewals()).toBe(1);
  for (let second = 0; second < 20; second += 1) {
    tell("launched");
    tell(`other ${second}`);
    await pass(1000);
  }
  expect(renewals()).toBeGreaterThan(2);
  expect(renewals()).toBeLessThanOrEqual(6);
});

test("a campaign told of twice in a short time, which the page may have missed the second time, brings it once more later", async () => {
  render(<Rows />);
  await pass(8000);
  tell("launched");
  await pass(2000);
  tell("launched");
  await pass(20_000);
  expect(renewals()).toBe(1);
  await pass(12_000);
  expect(renewals()).toBe(2);
});

test("the page stays as it is while the reader waits for another one or is being asked something, and comes afterwards", async () => {
  const { rerender } = render(<Rows isHeld />);
  attention = 1;
  tell("launched");
  await pass(30_000);
  expect(renewals()).toBe(0);
  rerender(<Rows />);
  expect(renewals()).toBe(1);
});

test("to whoever was signed out the page is not rendered anew: it would be the sign-in page", async () => {
  render(<Rows />);
  await pass(8000);
  answer = () => Response.json({ type: "urn:herald:problem:unauthenticated", title: "", status: 401, detail: "" }, { status: 401 });
  tell("launched");
  await pass(60_000);
  expect(renewals()).toBe(0);
});

test("while nobody tells of changes the page is asked for now and then", async () => {
  world.line.isConnected = false;
  render(<Rows />);
  await pass(29_000);
  expect(renewals()).toBe(0);
  await pass(7000);
  expect(renewals()).toBe(1);
});
