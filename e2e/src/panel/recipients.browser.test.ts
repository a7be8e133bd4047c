import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { csvColumns, demoMembers, demoPassword, type Product, shop, signIn, springSale, untilFinal } from "@herald/demo";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { expectAccessible, inShop, openDesk, panel, picture, tabTo, visit } from "./testing/desk.ts";

const desk = openDesk();
let product: Product;
/** A campaign that ended: 40 people got it, and Nora, who had opted out, was left out. */
let ended: { readonly id: string; readonly name: string; readonly noraPhone: string };

const people = 40;
beforeAll(async () => {
  const owner = demoMembers.find(({ role }) => role === "owner");
  if (!owner) throw new Error("the story has no owner");
  product = await signIn(panel().webUrl, owner.email, demoPassword);
  const name = `Why-${randomBytes(4).toString("hex")}`;
  const block = 2_000_000 + (randomBytes(3).readUIntBE(0, 3) % 7000) * 1000;
  const noraPhone = `+1437${block}`;
  const rows = Array.from({ length: people }, (_, at) => `+1437${block + 1 + at},Ana${at},Almeida,Toronto,yes`);
  const csv = ["phone,first_name,last_name,city,marketing_consent", `${noraPhone},Nora,${name},Toronto,no`, ...rows].join("\n");
  const imported = await product.importCsv(shop.workspaceId, { fileName: `${name}.csv`, listName: name, ...csvColumns }, csv);
  const { campaignId } = await product.bulkSend({ ...springSale(imported.recipientListId ?? ""), name }, name);
  await untilFinal(product, campaignId, 120_000);
  ended = { id: campaignId, name, noraPhone };
});

const openRecipients = async (page: Page, query = ""): Promise<void> => {
  await visit(page, inShop(`campaigns/${ended.id}/recipients${query}`));
  await page.getByRole("grid", { name: "Recipients" }).waitFor();
};
const rowOf = (page: Page, person: string) => page.getByRole("row").filter({ hasText: person });
const fact = "It was not sent, because this person does not want messages: an opt-out is on record.";

test.each(["light", "dark"] as const)(
  "one recipient's why is found by state and by number, and told with what would change it (%s)",
  async (theme) => {
    const page = await desk.sit({ theme });
    await openRecipients(page);
    await page.getByText(`${people + 1} recipients`).waitFor();
    await expectAccessible(page);
    await picture(page, `recipients-${theme}`);

    await page.getByRole("button", { name: "State", exact: true }).click();
    await page
      .getByRole("menuitem", { name: "Left out" })
      .or(page.getByRole("menuitemcheckbox", { name: "Left out" }))
      .click();
    await page.waitForURL(/bucket=skipped/);
    await page.getByText("1 recipient", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Clear all" }).click();
    await page.getByText(`${people + 1} recipients`).waitFor();

    const digits = ended.noraPhone.slice(2);
    await page.getByRole("searchbox", { name: "Search phone or name" }).fill(`(${digits.slice(0, 3)}) ${digits.slice(3)}`);
    await page.waitForURL(/q=/);
    await page.getByText("1 recipient", { exact: true }).waitFor();
    await rowOf(page, "Nora").click();

    await page.getByText(fact).waitFor();
    await page.getByText("What would change it").waitFor();
    const story = page.getByRole("list", { name: "What happened" });
    await story.getByText(`row 1`).first().waitFor();
    await story.getByText("Left out at the launch: opted out").waitFor();
    await expectAccessible(page);
    await picture(page, `why-left-out-${theme}`);

    await page.getByRole("button", { name: "Copy as text for support" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const plain = await page.evaluate(() => navigator.clipboard.readText());
    expect(plain).toContain(fact);
    expect(plain).not.toContain(ended.noraPhone);
    expect(plain).not.toContain("Nora");
  },
);

test("who got it has every step, from the list to the phone", async () => {
  const page = await desk.sit({ role: "viewer", isPhone: true });
  await openRecipients(page, "?bucket=delivered,read");
  await page.getByRole("grid").getByRole("row").nth(1).click();
  const story = page.getByRole("list", { name: "What happened" });
  for (const step of [
    "Came with the import",
    "Consent to marketing",
    "Frozen for this campaign",
    "Checked once more",
    "Asked Meta",
    "Meta accepted it",
    "Delivered",
  ])
    await story.getByText(step).first().waitFor();
  await expectAccessible(page);
  await picture(page, "why-delivered-phone");
});

test("by keyboard alone somebody is searched for, opened and copied", async () => {
  const page = await desk.sit();
  await openRecipients(page);
  await page.locator('input[type="search"]:enabled').waitFor();
  await tabTo(page, "Search phone or name");
  await page.keyboard.type("nora");
  await page.waitForURL(/q=nora/);
  await page.getByText("1 recipient", { exact: true }).waitFor();
  await tabTo(page, "Recipients");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByText(fact).waitFor();
  await tabTo(page, "Copy as text for support");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Copied" }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(fact);
});

test("an admin takes everybody away as a file; who may not is not offered it", async () => {
  const page = await desk.sit({ role: "admin" });
  await openRecipients(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export CSV" }).click()]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`^${ended.name} \\d{4}-\\d\\d-\\d\\d \\d\\d\\.\\d\\d UTC\\.csv$`));
  const text = readFileSync(await download.path(), "utf8");
  expect(text.trim().split("\r\n")).toHaveLength(people + 2);
  expect(text).toMatch(new RegExp(`^'\\${ended.noraPhone},Nora .*,skipped,,skipped_opted_out,opted_out,`, "m"));

  const member = await desk.sit({ role: "member" });
  await openRecipients(member);
  expect(await member.getByRole("link", { name: "Export CSV" }).count()).toBe(0);
});

test("an address that nobody has is told as such", async () => {
  const page = await desk.sit();
  await visit(page, inShop(`campaigns/${ended.id}/recipients/999999999`));
  await page.getByText("Nothing here").waitFor();
  await openRecipients(page, "?q=nobody-of-this-name");
  await page.getByText("No recipient of this campaign fits").waitFor();
  expect(await page.getByRole("grid").getByRole("row").count()).toBe(1);
});

/** Pages of this address stay on their way until they are let go; those that nobody waits for any more are given up. */
async function holdPages(page: Page, path: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(
    (url) => url.pathname.endsWith(path) && url.searchParams.has("_rsc"),
    async (route) => {
      await promise;
      await route.continue().catch(() => undefined);
    },
  );
  return resolve;
}
const choose = async (page: Page, chip: string, choice: string): Promise<void> => {
  await page.getByRole("button", { name: chip, exact: true }).click();
  await page
    .getByRole("menuitem", { name: choice, exact: true })
    .or(page.getByRole("menuitemcheckbox", { name: choice, exact: true }))
    .click();
};

// of every list of the panel, since all of them choose by the same part
test.each([
  {
    list: "campaigns",
    first: ["Status", "Failed"],
    second: ["Kind", "Tests"],
    words: ["q", "ana"],
    both: { status: "failed", tests: "1" },
  },
  {
    list: "contacts",
    first: ["Marketing", "Agreed"],
    second: ["State", "Active"],
    words: ["search", "ana"],
    both: { consent: "granted", status: "active" },
  },
  { list: "recipients", first: ["State", "Failed"], second: null, words: ["q", "ana"], both: { bucket: "failed" } },
] as const)("a filter that is pressed while the page of another is on its way undoes neither it nor what is typed ($list)", async (the) => {
  const page = await desk.sit();
  const path = the.list === "recipients" ? `campaigns/${ended.id}/recipients` : the.list;
  await visit(page, inShop(path));
  const box = page.locator('input[type="search"]:enabled');
  await box.waitFor();
  const letGo = await holdPages(page, path);
  await choose(page, the.first[0], the.first[1]);
  await page.getByRole("button", { name: `Clear ${the.first[0]}` }).waitFor();
  if (the.second) {
    await choose(page, the.second[0], the.second[1]);
    await page.getByRole("button", { name: `Clear ${the.second[0]}` }).waitFor();
  }
  await box.fill(the.words[1]);
  await box.press("Enter");
  await box.pressSequentially("s");
  letGo();
  const wanted = { ...the.both, [the.words[0]]: `${the.words[1]}s` };
  await page.waitForURL(({ searchParams }) => Object.entries(wanted).every(([name, value]) => searchParams.get(name) === value));
  expect(await box.inputValue()).toBe(`${the.words[1]}s`);
});

test("whoever comes to fit while a long list is open is shown without a row moving under the reader", async () => {
  const name = `Come-${randomBytes(4).toString("hex")}`;
  const block = 2_000_000 + (randomBytes(3).readUIntBE(0, 3) % 7000) * 1000;
  const crowd = 240;
  const rows = Array.from({ length: crowd }, (_, at) => `+1365${block + at},Ana${at},Almeida,Toronto,yes`);
  const csv = ["phone,first_name,last_name,city,marketing_consent", ...rows].join("\n");
  const imported = await product.importCsv(shop.workspaceId, { fileName: `${name}.csv`, listName: name, ...csvColumns }, csv);
  const schedule = { at: new Date(Date.now() + 3_600_000).toISOString() };
  const { campaignId } = await product.bulkSend({ ...springSale(imported.recipientListId ?? ""), name, schedule }, name);
  await product.rate(campaignId, { maxPerSecond: 10 });
  await product.schedule(campaignId, { now: true });
  const page = await desk.sit();
  // of those who got it there is more than one page already, and as many again are to come
  const accepted = "accepted,sent,delivered,read,undelivered";
  const acceptedNow = async (): Promise<number> => {
    const answer = await page.request.get(`${panel().webUrl}/api/campaigns/${campaignId}/messages?limit=1000&bucket=${accepted}`);
    return ((await answer.json()) as { messages: readonly unknown[] }).messages.length;
  };
  await expect.poll(acceptedNow, { timeout: 90_000 }).toBeGreaterThan(110);
  await product.rate(campaignId, { maxPerSecond: 2 });
  await visit(page, inShop(`campaigns/${campaignId}/recipients?bucket=${accepted}`));
  const grid = page.getByRole("grid", { name: "Recipients" });
  await grid.waitFor();
  const inSight = (): Promise<string[]> =>
    grid.locator("[data-row-link]").evaluateAll((links) => links.slice(0, 12).map((link) => link.getAttribute("href") ?? ""));
  const before = await inSight();
  await product.rate(campaignId, { maxPerSecond: null });
  const newcomers = page.getByRole("button", { name: /^[\d,]+ more now – show them$/ });
  await newcomers.waitFor({ timeout: 90_000 });
  await untilFinal(product, campaignId, 120_000);
  const all = await acceptedNow();
  expect(await inSight()).toEqual(before);
  await expectAccessible(page);
  await picture(page, "recipients-newcomers");
  await newcomers.click();
  await newcomers.waitFor({ state: "detached" });
  await expect
    .poll(
      async () => {
        await grid.press("End");
        if (await newcomers.isVisible()) await newcomers.click();
        return page.getByText(`${all} recipients`, { exact: true }).count();
      },
      { timeout: 60_000 },
    )
    .toBe(1);
});
