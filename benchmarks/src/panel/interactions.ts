import { waitFor } from "@herald/stack";
import type { Locator, Page } from "playwright-core";
import type { At } from "./at.ts";

/** One thing a reader does, and what must be different on the page afterwards. `Window` is a page of Chromium; a test has its own. */
export type Interaction<Window = Page> = {
  readonly what: string;
  readonly act: (window: Window) => Promise<void>;
  /** False before it is done, true once the page shows it. */
  readonly happened: (window: Window) => Promise<boolean>;
};

/** Something a page is measured for did not happen there: no figure of it would mean anything. */
export class DidNotHappen extends Error {
  override readonly name = "DidNotHappen";
}

/** Does them in turn; `onBegin` is told before each. Throws `DidNotHappen` when one was true before it was done, could not be done, or changed nothing. */
export async function take<Window>(
  window: Window,
  interactions: readonly Interaction<Window>[],
  { withinMs, onBegin = async () => undefined }: { readonly withinMs: number; readonly onBegin?: (what: string) => Promise<void> },
): Promise<void> {
  for (const { what, act, happened } of interactions) {
    try {
      if (await happened(window)) throw new DidNotHappen(`“${what}” was so before it was done`);
      await onBegin(what);
      await act(window);
      await waitFor(what, withinMs, () => happened(window));
    } catch (error) {
      if (error instanceof DidNotHappen) throw error;
      throw new DidNotHappen(`“${what}” did not happen: ${(error as Error).message.split("\n").slice(0, 2).join(" ")}`, { cause: error });
    }
  }
}

/** As fast as people type who are used to it. */
const perKeyMs = 60;

/** Presses what stands there; something else must come into sight. */
export const press = (what: string, pressed: At, shown: At): Interaction => ({
  what,
  act: (page) => pressed(page).click(),
  happened: (page) => shown(page).first().isVisible(),
});

/** Closes what lies over the page. */
export const escape = (what: string, gone: At): Interaction => ({
  what,
  act: (page) => page.keyboard.press("Escape"),
  happened: async (page) => !(await gone(page).first().isVisible()),
});

/** Replaces what stands in a field, key by key; `shown`, where there is one, must come into sight with it. */
export const type = (what: string, field: At, text: string, shown?: At): Interaction => ({
  what,
  act: async (page) => {
    await field(page).click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(text, { delay: perKeyMs });
  },
  happened: async (page) =>
    (await field(page).isVisible()) &&
    (await field(page).inputValue()) === text &&
    (shown === undefined || (await shown(page).first().isVisible())),
});

const queryOf = (page: Page, name: string): string | null => new URL(page.url()).searchParams.get(name);

/** Types into the search of a list: the address names it, and somebody or something found is shown. */
export const search = (label: string, text: string, name: string, found: At): Interaction => {
  const box: At = (page) => page.getByRole("searchbox", { name: label, exact: true });
  const typed = type(`search for “${text}”`, box, text, found);
  return { ...typed, happened: async (page) => queryOf(page, name) === text && (await typed.happened(page)) };
};

/** Opens a filter's menu and chooses in it: the address names the choice. */
export const choose = (filter: string, choice: string, name: string, value: string): readonly Interaction[] => {
  const item: At = (page) => page.getByRole("menuitemcheckbox", { name: choice, exact: true });
  return [
    press(`open the filter “${filter}”`, (page) => page.getByRole("button", { name: filter, exact: true }), item),
    { what: `choose “${choice}”`, act: (page) => item(page).click(), happened: async (page) => queryOf(page, name) === value },
  ];
};

/** The palette, opened by its keys, searched, and closed. */
export const palette = (): readonly Interaction[] => {
  const box: At = (page) => page.getByPlaceholder("Where to, or what to do?");
  const option = (page: Page, name: string): Locator => page.getByRole("option", { name, exact: true });
  return [
    { what: "open the palette", act: (page) => page.keyboard.press("ControlOrMeta+k"), happened: (page) => box(page).isVisible() },
    {
      what: "search the palette",
      act: (page) => page.keyboard.type("sender", { delay: perKeyMs }),
      happened: async (page) => (await option(page, "Senders").isVisible()) && !(await option(page, "Contacts").isVisible()),
    },
    escape("close the palette", box),
  ];
};

/** Number of the row that the keyboard stands on, the header counted; 0: on none. */
const activeRow = (grid: Locator): Promise<number> =>
  grid.evaluate((element) => {
    const row = document.getElementById(element.getAttribute("aria-activedescendant") ?? "");
    return Number(row?.getAttribute("aria-rowindex") ?? 0);
  });

/** Walks a table by keyboard down to row `upTo`, over the pages that it loads on the way. */
export const walk = (table: string, upTo: number): readonly Interaction[] => {
  const grid: At = (page) => page.getByRole("grid", { name: table, exact: true });
  const walked = (what: string, row: number, go: (page: Page) => Promise<void>): Interaction => ({
    what,
    act: async (page) => {
      await grid(page).focus();
      await go(page);
    },
    happened: async (page) => (await activeRow(grid(page))) >= row,
  });
  const keys = (page: Page, names: readonly string[]): Promise<void> =>
    names.reduce((before, name) => before.then(() => page.keyboard.press(name, { delay: perKeyMs })), Promise.resolve());
  return [
    walked("go down the table", 4, (page) => keys(page, ["ArrowDown", "ArrowDown", "ArrowDown"])),
    ...(upTo <= 4
      ? []
      : [
          walked("page through the table", upTo, async (page) => {
            await keys(page, ["PageDown", "PageDown", "PageDown"]);
            for (let presses = 0; presses < 60 && (await activeRow(grid(page))) < upTo; presses += 1) {
              await page.keyboard.press("End");
              await page.waitForTimeout(200);
            }
          }),
        ]),
  ];
};
