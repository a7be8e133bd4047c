// @vitest-environment jsdom
import { fireEvent, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { browserLike } from "../testing/dom.ts";
import { DataTable, type DataTableProps } from "./data-table.tsx";

browserLike();

interface Person {
  readonly key: string;
  readonly name: string;
}
const PEOPLE: readonly Person[] = Array.from({ length: 100_000 }, (_, index) => ({ key: String(index), name: `Person ${index}` }));

function table(props: Partial<DataTableProps<Person>> = {}): HTMLElement {
  render(
    <DataTable
      label="Recipients"
      columns={[
        { key: "name", header: "Person", cell: (person) => person.name, width: "1fr", sorted: "ascending" },
        { key: "key", header: "Number", cell: (person) => person.key, width: "1fr" },
      ]}
      rows={PEOPLE}
      rowKey={(person) => person.key}
      rowHref={(person) => `#person-${person.key}`}
      loadingLabel="Loading recipients"
      empty="Nobody"
      {...props}
    />,
  );
  return screen.getByRole("grid", { name: "Recipients" });
}

const activeRow = (grid: HTMLElement): string =>
  document.getElementById(grid.getAttribute("aria-activedescendant") ?? "")?.textContent ?? "none";

describe("a table of 100,000 rows", () => {
  it("says how many rows there are and holds only those in sight", () => {
    const grid = table();
    expect(grid.getAttribute("aria-rowcount")).toBe("100001");
    expect(within(grid).getAllByRole("row").length).toBeLessThan(60);
  });

  it("is walked by keys, and Enter opens the row", async () => {
    const user = userEvent.setup();
    const grid = table();
    grid.focus();
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}");
    expect(activeRow(grid)).toBe("Person 11");
    const opened = vi.fn<(event: Event) => void>();
    document.addEventListener("click", opened, { once: true });
    await user.keyboard("{Enter}");
    const target = opened.mock.calls[0]?.[0].target;
    expect(target instanceof HTMLElement && target.getAttribute("href")).toBe("#person-1");
  });

  it("puts one stop in the tab order, not one per row", async () => {
    const user = userEvent.setup();
    const grid = table();
    grid.focus();
    await user.tab();
    expect(grid.contains(document.activeElement)).toBe(false);
  });

  it("asks for the next page near its end, once per page", () => {
    const onNeedMore = vi.fn<() => void>();
    table({ rows: PEOPLE.slice(0, 20), hasMore: true, onNeedMore });
    expect(onNeedMore).toHaveBeenCalledTimes(1);
  });

  it("says which rows are in the page", () => {
    const onShown = vi.fn<(first: number, last: number) => void>();
    table({ onShown });
    const [first, last] = onShown.mock.lastCall ?? [-1, -1];
    expect(first).toBe(0);
    expect(last).toBeGreaterThan(0);
    expect(last).toBeLessThan(60);
  });

  it("does not ask while a page is on its way", () => {
    const onNeedMore = vi.fn<() => void>();
    table({ rows: PEOPLE.slice(0, 20), hasMore: true, isLoadingMore: true, onNeedMore });
    expect(onNeedMore).not.toHaveBeenCalled();
  });
});

describe("its states", () => {
  it("asks the server to sort by a header and says the order", () => {
    const onSort = vi.fn<(key: string) => void>();
    table({ onSort });
    fireEvent.click(screen.getByRole("button", { name: "Person" }));
    expect(onSort).toHaveBeenCalledWith("name");
    expect(screen.getByRole("columnheader", { name: "Person" }).getAttribute("aria-sort")).toBe("ascending");
  });

  it("says that it loads, that it is empty, that it failed", () => {
    table({ rows: [], state: "loading" });
    expect(screen.getByRole("status", { name: "Loading recipients" })).toBeTruthy();
    expect(screen.queryByText("Nobody")).toBeNull();
  });

  it("shows the help of an empty list, and of a failed one, under its own header", () => {
    table({ rows: [] });
    expect(screen.getByText("Nobody")).toBeTruthy();
    expect(screen.getAllByRole("columnheader")).toHaveLength(2);
  });
});
