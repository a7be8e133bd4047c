import type { Locator, Page } from "playwright-core";

/** Where something stands on a page, by what a reader sees of it. */
export type At = (page: Page) => Locator;
export const button =
  (name: string | RegExp): At =>
  (page) =>
    page.getByRole("button", { name, exact: true });
export const label =
  (text: string): At =>
  (page) =>
    page.getByLabel(text, { exact: true });
export const text =
  (words: string | RegExp): At =>
  (page) =>
    page.getByText(words);
export const dialog: At = (page) => page.getByRole("dialog");
export const question: At = (page) => page.getByRole("alertdialog");
export const row =
  (table: string, words?: string): At =>
  (page) =>
    page
      .getByRole("grid", { name: table, exact: true })
      .getByRole("row")
      .filter(words === undefined ? {} : { hasText: words })
      .nth(words === undefined ? 1 : 0);
