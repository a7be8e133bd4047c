import type { Page } from "playwright-core";

const perKeyMs = 60;

/** What a reader does on any page: opens the palette, types into its search, walks its table by keyboard, and presses what switches a view. */
export async function useAsAReader(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("cam", { delay: perKeyMs });
  await page.keyboard.press("Escape");
  const table = page.getByRole("grid").first();
  if (await table.isVisible()) {
    await table.click();
    for (const key of ["ArrowDown", "ArrowDown", "PageDown", "PageDown", "PageDown", "End", "PageUp", "Home"]) {
      await page.keyboard.press(key, { delay: perKeyMs });
    }
  }
  const search = page.getByRole("searchbox").first();
  if (await search.isVisible()) {
    await search.click();
    await page.keyboard.type("person 4", { delay: perKeyMs });
  }
}
