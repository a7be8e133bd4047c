// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useCallback, useState } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { useLater } from "./use-later.ts";

afterEach(cleanup);
const Part = () => <p>here</p>;
type Load = () => Promise<typeof Part>;

function Page({ load }: { readonly load: Load }) {
  const [isOpen, setOpen] = useState(false);
  const showPart = useLater(
    load,
    isOpen,
    useCallback(() => setOpen(false), []),
  );
  return (
    <>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(true)}>
        Open
      </button>
      {showPart?.({})}
    </>
  );
}

it("is fetched when it is needed, not before", async () => {
  const load = vi.fn<Load>(async () => Part);
  render(<Page load={load} />);
  expect(load).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button"));
  expect(await screen.findByText("here")).toBeDefined();
  expect(load).toHaveBeenCalledOnce();
});

it("breaks nothing where it cannot be fetched, and is asked for again at the next press", async () => {
  const load = vi.fn<Load>(() => Promise.reject(new Error("no connection")));
  render(<Page load={load} />);
  await act(async () => fireEvent.click(screen.getByRole("button")));
  expect(screen.getByRole("button").getAttribute("aria-expanded")).toBe("false");
  load.mockImplementation(async () => Part);
  fireEvent.click(screen.getByRole("button"));
  expect(await screen.findByText("here")).toBeDefined();
});
