import { randomBytes } from "node:crypto";
import { csvColumns, demoMembers, demoPassword, type Product, shop, signIn, springSale } from "@herald/demo";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { expectAccessible, inShop, openDesk, panel, picture, tabTo, visit } from "./testing/desk.ts";

const desk = openDesk();
let product: Product;
beforeAll(async () => {
  const owner = demoMembers.find(({ role }) => role === "owner");
  if (!owner) throw new Error("the story has no owner");
  product = await signIn(panel().webUrl, owner.email, demoPassword);
});

/** A campaign to people whom nobody else writes to; slow enough to be steered. */
async function launch(
  people: number,
  more: { readonly perSecond?: number; readonly schedule?: object } = {},
): Promise<{ readonly id: string; readonly name: string }> {
  const name = `Live-${randomBytes(4).toString("hex")}`;
  const block = 2_000_000 + (randomBytes(3).readUIntBE(0, 3) % 7000) * 1000;
  const rows = Array.from({ length: people }, (_, at) => `+1416${block + at},Ana,Almeida,Toronto,yes`);
  const csv = ["phone,first_name,last_name,city,marketing_consent", ...rows].join("\n");
  const imported = await product.importCsv(shop.workspaceId, { fileName: `${name}.csv`, listName: name, ...csvColumns }, csv);
  const { perSecond, schedule } = more;
  // one that is to be steered waits for its time until its ceiling is set, however slow the machine
  const start = schedule ?? (perSecond === undefined ? undefined : { at: new Date(Date.now() + 3_600_000).toISOString() });
  const { campaignId } = await product.bulkSend(
    { ...springSale(imported.recipientListId ?? ""), name, ...(start && { schedule: start }) },
    name,
  );
  if (perSecond !== undefined) {
    await product.rate(campaignId, { maxPerSecond: perSecond });
    await product.schedule(campaignId, { now: true });
  }
  return { id: campaignId, name };
}
const open = async (page: Page, campaign: { readonly id: string; readonly name: string }): Promise<void> => {
  await visit(page, inShop(`campaigns/${campaign.id}`));
  await page.getByRole("heading", { level: 1, name: campaign.name }).waitFor();
};
/** The word beside the name. */
const standing = (page: Page, word: string) => page.locator("header").getByText(word, { exact: true }).first();
const ledger = (page: Page) => page.getByRole("group", { name: "Where every message stands" });
const waiting = async (page: Page): Promise<number> =>
  Number(/waiting ([\d,]+)/.exec(await ledger(page).innerText())?.[1]?.replace(",", "") ?? Number.NaN);
/** The same, asked at the door: the page follows within a second or so. */
const waitingAtDoor = async (page: Page, { id }: { readonly id: string }): Promise<number> => {
  const answer = await page.request.get(`${panel().webUrl}/api/campaigns/${id}`);
  return ((await answer.json()) as { ledger: { counts: { queued: number } } }).ledger.counts.queued;
};

test.each(["light", "dark"] as const)(
  "a campaign is paused, goes on and ends, and its ledger balances all the while (%s)",
  async (theme) => {
    const campaign = await launch(300, { perSecond: 5 });
    const page = await desk.sit({ theme });
    await open(page, campaign);
    await standing(page, "Sending").waitFor();
    await ledger(page).getByText("balances").waitFor();
    await page
      .getByText(/messages a second|No pace yet|Nothing was sent/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await picture(page, `live-sending-${theme}`);

    await page.getByRole("button", { name: "Pause sending" }).click();
    await page
      .getByRole("status")
      .getByText(/^Stopped at \d/)
      .waitFor();
    await standing(page, "Paused").waitFor();
    await page.getByText(/Nothing is in flight any more/).waitFor();
    const before = await waitingAtDoor(page, campaign);
    await expect.poll(() => waiting(page), { timeout: 10_000 }).toBe(before);
    await ledger(page).getByText("balances").waitFor();
    await page.getByText("Nothing needs you.").waitFor({ state: "detached" });
    await expectAccessible(page);
    await picture(page, `live-paused-${theme}`);
    expect(before).toBeGreaterThan(0);
    expect(await waitingAtDoor(page, campaign), "nothing is sent while it is paused").toBe(before);
    expect(await waiting(page)).toBe(before);

    await page.getByRole("button", { name: "Speed 5/s" }).click();
    await page.getByLabel("At most, messages a second").fill("fast");
    await page.getByRole("button", { name: "Set speed" }).click();
    await page.getByText("A number from 0.1 to 1,000, or nothing.").waitFor();
    await page.getByLabel("At most, messages a second").fill("");
    await page.getByRole("button", { name: "Set speed" }).click();
    await page.getByRole("button", { name: "Speed 80/s" }).waitFor();

    await page.getByRole("button", { name: "Resume" }).click();
    await page
      .getByText(/^(Completed|Partly sent)$/)
      .first()
      .waitFor({ timeout: 60_000 });
    await ledger(page).getByText("balances").waitFor();
    expect(await waiting(page)).toBe(0);
    await page.getByRole("list", { name: "From accepted to read" }).getByRole("link", { name: "Delivered", exact: true }).waitFor();
    await expectAccessible(page);
    await picture(page, `live-ended-${theme}`);

    await page.getByRole("button", { name: "Whole" }).click();
    await page.waitForURL(/pace=all/);
    await ledger(page)
      .getByRole("link", { name: /accepted/ })
      .click();
    await page.waitForURL(/\/recipients\?state=accepted/);
    await ledger(page).getByText("balances").waitFor();
  },
);

test("a colleague's pause is told by the line, not found by asking, and says who did it and why", async () => {
  const campaign = await launch(400, { perSecond: 0.2 });
  const [mine, theirs] = await Promise.all([desk.sit({ role: "member" }), desk.sit({ role: "admin" })]);
  await mine.clock.install();
  const told: string[] = [];
  mine.on("websocket", (line) =>
    line.on("framereceived", ({ payload }) => {
      const text = String(payload);
      if (text.includes("campaign.changed") && text.includes(campaign.id)) told.push(text);
    }),
  );
  await Promise.all([open(mine, campaign), open(theirs, campaign)]);
  await standing(mine, "live").waitFor();
  // the page asks once more, and then its time stands still: a page that is told of changes asks by itself 20 seconds later
  const isReport = (answer: { readonly url: () => string }): boolean => new URL(answer.url()).pathname === `/api/campaigns/${campaign.id}`;
  await Promise.all([mine.waitForResponse(isReport), mine.evaluate(() => document.dispatchEvent(new Event("visibilitychange")))]);
  await mine.clock.pauseAt(await mine.evaluate(() => Date.now() + 1000));
  const toldBefore = told.length;

  await theirs.getByRole("button", { name: "More acts" }).click();
  await theirs.getByRole("menuitem", { name: "Pause with a note…" }).click();
  await theirs.getByLabel("Note").fill("wrong link");
  await theirs.getByRole("alertdialog").getByRole("button", { name: "Pause sending" }).click();
  await standing(theirs, "Paused").waitFor();
  expect(await standing(mine, "Paused").count(), "nothing is asked while the time stands still").toBe(0);

  await expect.poll(() => told.length, { timeout: 60_000 }).toBeGreaterThan(toldBefore);
  const isShown = (): Promise<boolean> =>
    standing(mine, "Paused")
      .waitFor({ timeout: 10_000 })
      .then(
        () => true,
        () => false,
      );
  // a word of the line is followed by a question within a second of the page's time, one under way by another: three seconds, of the 20
  for (let seconds = 0; seconds < 3; seconds += 1) {
    await mine.clock.runFor(1000);
    if (await isShown()) break;
  }
  await mine.getByText(/paused .* by adam\.admin/).waitFor();
  await mine.getByText("“wrong link”").waitFor();
  await product.control(campaign.id, "cancel");
});

test("by keyboard alone a campaign is paused, and stopped for good after the word was typed", async () => {
  const campaign = await launch(400, { perSecond: 4 });
  const page = await desk.sit();
  await open(page, campaign);
  await standing(page, "Sending").waitFor();
  await tabTo(page, "Pause sending");
  await page.keyboard.press("Enter");
  await standing(page, "Paused").waitFor();
  await tabTo(page, "More acts");
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Stop for good…" }).waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog");
  await dialog.getByText(/will never be sent/).waitFor();
  await expectAccessible(page);
  await picture(page, "live-stop-dialog");
  // the focus starts on the harmless choice; the word stands before it
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.type("stop");
  await tabTo(page, /for good$/);
  await page.keyboard.press("Enter");
  await page
    .getByRole("status")
    .getByText(/^Stopped for good at/)
    .waitFor();
  await standing(page, "Stopped").waitFor({ timeout: 60_000 });
  await ledger(page).getByText("balances").waitFor();
  expect(await waiting(page)).toBe(0);
  await page.getByRole("list", { name: "Left out by reason" }).getByText("The campaign was stopped first").waitFor();
});

test("a viewer watches and steers nothing; from a phone one can pause", async () => {
  const campaign = await launch(300, { perSecond: 4 });
  const viewer = await desk.sit({ role: "viewer" });
  await open(viewer, campaign);
  await viewer.getByText("You may watch.").waitFor();
  expect(await viewer.getByRole("button", { name: /Pause|Speed|More acts/ }).count()).toBe(0);
  const phone = await desk.sit({ isPhone: true });
  await open(phone, campaign);
  await standing(phone, "Sending").waitFor();
  expect(
    await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    "nothing stands out at the side",
  ).toBeLessThanOrEqual(0);
  await expectAccessible(phone);
  await picture(phone, "live-phone");
  await phone.getByRole("button", { name: "Pause sending" }).click();
  await standing(phone, "Paused").waitFor();
  await product.control(campaign.id, "cancel");
});

test("a scheduled campaign is moved to another time, and nothing else changes", async () => {
  const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const campaign = await launch(5, { schedule: { local: `${day}T09:00`, zone: "Europe/Berlin" } });
  const page = await desk.sit();
  await open(page, campaign);
  await standing(page, "Scheduled").waitFor();
  await page.getByRole("button", { name: "Another time…" }).click();
  await page.getByLabel("Time", { exact: true }).fill("10:30");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Move the start" }).click();
  await page
    .getByRole("status")
    .getByText(/^Moved at/)
    .waitFor();
  await page.getByText(/starts .*10:30/).waitFor();
  await product.control(campaign.id, "cancel");
});

test("an unknown campaign and one with a mistyped id answer alike: there is nothing here", async () => {
  const page = await desk.sit();
  for (const id of ["00000000-0000-4000-8000-000000000000", "not-an-id"]) {
    await visit(page, inShop(`campaigns/${id}`));
    await page.getByRole("heading", { name: "Nothing here" }).waitFor();
    expect(await page.getByRole("group", { name: "Where every message stands" }).count()).toBe(0);
  }
});
