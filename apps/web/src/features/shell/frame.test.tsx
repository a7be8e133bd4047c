// @vitest-environment jsdom
import { Link } from "@herald/ui/link";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ComponentProps } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { InWords } from "../../words/testing/in-words.tsx";
import { Frame } from "./frame.client.tsx";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => undefined }) }));
// shows what the router's link is told
vi.mock("next/link", () => ({
  default: ({ prefetch, ...props }: ComponentProps<"a"> & { readonly prefetch?: boolean | null }) => (
    <a {...props} data-ahead={prefetch === false ? "no" : "yes"} />
  ),
}));
afterEach(cleanup);

test("a link is fetched ahead once it is seen; one of many, to a page with code of its own, once it is pointed at or tabbed to", () => {
  render(
    <InWords>
      <Frame>
        <Link href="/seen">Seen</Link>
        <Link href="/pointed" fetchedWhen="meant">
          Pointed
        </Link>
        <Link href="/tabbed" fetchedWhen="meant">
          Tabbed
        </Link>
      </Frame>
    </InWords>,
  );
  const ahead = (name: string): string | undefined => screen.getByRole("link", { name }).dataset["ahead"];
  expect([ahead("Seen"), ahead("Pointed"), ahead("Tabbed")]).toEqual(["yes", "no", "no"]);
  fireEvent.pointerEnter(screen.getByRole("link", { name: "Pointed" }));
  expect([ahead("Pointed"), ahead("Tabbed")]).toEqual(["yes", "no"]);
  fireEvent.focus(screen.getByRole("link", { name: "Tabbed" }));
  expect(ahead("Tabbed")).toBe("yes");
});
