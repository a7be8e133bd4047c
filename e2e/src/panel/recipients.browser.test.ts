import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { csvColumns, demoMembers, demoPassword, type Product, shop, signIn, springSale, untilFinal } from "@herald/demo";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { expectAccessible, inShop, openDesk, panel, picture, tabTo } from "./testing/desk.ts";

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
  await page.goto(inShop(`campaigns/${ended.id}/recipients${query}`));
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
  await page.goto(inShop(`campaigns/${ended.id}/recipients/999999999`));
  await page.getByText("Nothing here").waitFor();
  await openRecipients(page, "?q=nobody-of-this-name");
  await page.getByText("No recipient of this campaign fits").waitFor();
  expect(await page.getByRole("grid").getByRole("row").count()).toBe(1);
});
