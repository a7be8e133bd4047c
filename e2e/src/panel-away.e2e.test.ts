import { chromiumPath } from "@herald/stack";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop, openDesk } from "./panel/testing/desk.ts";
import { acceptedOf, endedWith, launchSlowly, peopleFrom, reportWhen } from "./testing/campaign.ts";
import { eventually, openWorld, type World } from "./testing/world.ts";

const people = 400;
const perSecond = 12;

let world: World;
let chromium = "";
beforeAll(async () => {
  chromium = await chromiumPath(() => undefined);
  world = await openWorld();
});
afterAll(() => world?.end());
const desk = openDesk(() => ({ webUrl: world.product.webUrl, chromium }));

const says = (page: Page, words: RegExp) => page.getByRole("status").filter({ hasText: words }).first().waitFor({ timeout: 45_000 });
/** Messages accepted, as the page's own line of the ledger has them. */
const acceptedOnPage = async (page: Page): Promise<number> => {
  const line = (await page.getByRole("group", { name: "Where every message stands" }).innerText()).replaceAll(/\s+/g, " ");
  return Number((/accepted ([\d,]+)/.exec(line)?.[1] ?? "").replaceAll(",", "") || Number.NaN);
};

test("with Pusher down, then the web restarted in mid-campaign, the page says so, recovers by itself and ends with the right numbers", async () => {
  const { product, stack } = world;
  const campaignId = await launchSlowly(world, { name: "Watched through outages", people: peopleFrom(0, people) }, perSecond);
  const page = await desk.sit();
  await page.goto(inShop(`campaigns/${campaignId}`, product));
  await says(page, /^live$/i);

  await stack.kill("pusher", "SIGKILL");
  await says(page, /reconnecting/i);
  const before = await acceptedOnPage(page);
  await eventually("the page's numbers to move without Pusher", 30_000, async () => (await acceptedOnPage(page)) > before);

  await product.kill("web", "SIGKILL");
  await says(page, /showing \d/i);
  await product.start("web");
  await says(page, /reconnecting/i);
  await stack.restart("pusher");
  await says(page, /^live$/i);

  const end = await reportWhen(world, campaignId, "the campaign to end", endedWith("sent", people), 120_000);
  await page.getByText("Completed", { exact: true }).first().waitFor({ timeout: 30_000 });
  await eventually("the page to show the ledger's numbers", 30_000, async () => (await acceptedOnPage(page)) === acceptedOf(end));
  expect(await acceptedOnPage(page)).toBe(people);
});
