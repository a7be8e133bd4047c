import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const panel = join(import.meta.dirname, "../src/app/panel/w/[workspaceId]");

/**
 * One of a list as long as a campaign: each row in sight is fetched ahead, down to the first skeleton, and its story is not to be read for that.
 * The screen says "Nothing here", under status 200.
 */
const read = "campaigns/[campaignId]/recipients/[messageId]";

/** Folders of pages about one thing, by their path in the workspace: `contacts/[contactId]`. */
const ofOneThing = readdirSync(panel, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory() && /^\[\w+Id\]$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name).slice(panel.length + 1))
  .filter((path) => path !== read);

test.each(ofOneThing)("%s can answer 404: it is asked for in a layout, and no skeleton above has begun the answer", (path) => {
  expect(existsSync(join(panel, path, "layout.tsx"))).toBe(true);
  for (let above = dirname(path); ; above = dirname(above)) {
    expect(existsSync(join(panel, above, "loading.tsx")), above).toBe(false);
    if (above === ".") break;
  }
});
