// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { useEffect } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RealtimeConnection, useLine } from "./connection.client.tsx";

/** What the page asked Pusher for, and the way to answer it. */
const line = vi.hoisted(() => ({ wishes: [] as string[], tell: new Map<string, () => void>() }));
vi.mock("pusher-js", () => ({
  default: class {
    connection = { bind: () => undefined };
    disconnect = () => undefined;
    subscribe(name: string) {
      line.wishes.push(name);
      return { bind: (event: string, hear: () => void) => line.tell.set(event, hear) };
    }
  },
}));

beforeEach(() => {
  vi.useFakeTimers();
  line.wishes.length = 0;
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const settings = { key: "key", host: "localhost", port: 1, useTls: false };
function Told() {
  const { isConnected, listen } = useLine();
  useEffect(() => listen(() => undefined), [listen]);
  return <output>{isConnected ? "told" : "alone"}</output>;
}

test("a page on which nobody listens has no line", async () => {
  render(
    <RealtimeConnection settings={settings} workspaceId="1">
      <p>Nothing changes here</p>
    </RealtimeConnection>,
  );
  await act(() => vi.dynamicImportSettled());
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(line.wishes).toEqual([]);
});

test("a wish to listen that was refused is made again, so that a page is told of changes once its reader signed in anew", async () => {
  const page = render(
    <RealtimeConnection settings={settings} workspaceId="1">
      <Told />
    </RealtimeConnection>,
  );
  await act(() => vi.dynamicImportSettled());
  expect(line.wishes).toEqual(["private-workspace-1"]);
  act(() => line.tell.get("pusher:subscription_error")?.());
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(line.wishes).toEqual(["private-workspace-1", "private-workspace-1"]);
  act(() => line.tell.get("pusher:subscription_succeeded")?.());
  expect(screen.getByText("told")).toBeDefined();
  act(() => line.tell.get("pusher:subscription_error")?.());
  page.unmount();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(line.wishes).toHaveLength(2);
});
