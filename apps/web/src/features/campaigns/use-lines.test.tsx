// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { CampaignRow } from "../../doors/answers/campaign-list.ts";
import { useLines } from "./use-lines.client.ts";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => undefined }) }));

const atMs = Date.UTC(2026, 10, 21, 14);
const minutes = 60_000;
const rowNamed = (name: string) => ({ campaignId: "c", name }) as CampaignRow;
const page = (name: string, madeAtMs: number) => ({ items: [{ row: rowNamed(name) }], attention: 0, atMs: madeAtMs });

function Names({ made }: { readonly made: ReturnType<typeof page> }) {
  const { rowOf, nowMs } = useLines("w", made, false);
  return <output data-now-ms={nowMs}>{made.items.map(({ row }) => rowOf(row).name).join()}</output>;
}
const shown = (): string => screen.getByRole("status").textContent;

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test.each([-10 * minutes, 0, 10 * minutes])("what is newer is shown, though the browser's clock is wrong by %s ms", async (wrongMs) => {
  vi.useFakeTimers({ now: atMs + wrongMs });
  let named = "asked";
  vi.stubGlobal("fetch", async () => Response.json({ campaigns: [rowNamed(named)], attention: 0 }));
  const { rerender } = render(<Names made={page("page", atMs)} />);
  expect(shown()).toBe("page");
  await act(() => vi.advanceTimersByTimeAsync(4000));
  expect(shown(), "a fresh answer").toBe("asked");

  named = "asked anew";
  rerender(<Names made={page("page anew", atMs + 5000)} />);
  expect(shown(), "a page that came since").toBe("page anew");
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(shown(), "an answer from after that page").toBe("asked anew");
  expect(Number(screen.getByRole("status").dataset["nowMs"]), "the time is the database's").toBeLessThan(atMs + 10_000);

  rerender(<Names made={page("page", atMs)} />);
  expect(shown(), "the way back shows an old page").toBe("asked anew");
});
