import { randomBytes } from "node:crypto";
import { csvColumns, demoMembers, demoPassword, type Product, shop, signIn, simulatorAt, springSale, springSaleRules } from "@herald/demo";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible, inShop, openDesk, panel, picture, tabTo, visit } from "./testing/desk.ts";

const desk = openDesk();
const { displayNumber, verifiedName, id: senderId } = shop.sender;
let product: Product;
beforeAll(async () => {
  const owner = demoMembers.find(({ role }) => role === "owner");
  if (!owner) throw new Error("the story has no owner");
  product = await signIn(panel().webUrl, owner.email, demoPassword);
});
afterAll(async () => {
  await product.killSwitch({ workspaceId: shop.workspaceId, senderId }, { on: false, note: "the test is over" });
  await simulatorAt(panel().simulatorUrl).script(springSaleRules);
});

type Made = { readonly id: string; readonly name: string; readonly phones: readonly string[] };
/** A campaign to people whom nobody else writes to. */
async function launch(
  people: number,
  more: object = {},
  onImported: (phones: readonly string[]) => Promise<void> = async () => undefined,
): Promise<Made> {
  const name = `Home-${randomBytes(4).toString("hex")}`;
  const block = 2_000_000 + (randomBytes(3).readUIntBE(0, 3) % 7000) * 1000;
  const phones = Array.from({ length: people }, (_, at) => `+1647${block + at}`);
  const csv = ["phone,first_name,last_name,city,marketing_consent", ...phones.map((phone) => `${phone},Ana,Almeida,Toronto,yes`)].join(
    "\n",
  );
  const imported = await product.importCsv(shop.workspaceId, { fileName: `${name}.csv`, listName: name, ...csvColumns }, csv);
  await onImported(phones);
  const { campaignId } = await product.bulkSend({ ...springSale(imported.recipientListId ?? ""), ...more, name }, name);
  return { id: campaignId, name, phones };
}
const inTwoDays = () => ({ schedule: { at: new Date(Date.now() + 2 * 86_400_000).toISOString() } });
const rowOf = (page: Page, name: string) => page.getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });
const list = async (page: Page, query = ""): Promise<void> => {
  await visit(page, inShop(`campaigns${query}`));
  await page.getByRole("heading", { level: 1, name: "Campaigns" }).waitFor();
  await page.getByRole("navigation", { name: "Saved views" }).waitFor();
  await page.locator('input[type="search"]:enabled').waitFor();
};

test.each(["light", "dark"] as const)(
  "a campaign is found by its name, its status and its day, and every choice is in the address (%s)",
  async (theme) => {
    const [made, other] = [await launch(3, inTwoDays()), await launch(2, inTwoDays())];
    const page = await desk.sit({ theme });
    await list(page);
    await rowOf(page, other.name).waitFor();
    await expectAccessible(page);
    await picture(page, `campaigns-${theme}`);

    await page.getByRole("searchbox", { name: "Search by name" }).fill(made.name.slice(2));
    await page.waitForURL(/[?&]q=/);
    await rowOf(page, other.name).waitFor({ state: "detached" });
    await rowOf(page, made.name).getByText("Scheduled").waitFor();
    await rowOf(page, made.name).getByText("3 people").waitFor();

    await page.getByRole("button", { name: "Status" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Failed" }).click();
    await page.waitForURL(/status=failed/);
    await page.getByRole("heading", { name: "No campaign matches" }).waitFor();
    await page.getByRole("button", { name: "Clear Status" }).click();
    await rowOf(page, made.name).waitFor();

    await page.getByRole("button", { name: "Made" }).click();
    await page.getByRole("menuitemcheckbox", { name: "From … to …" }).click();
    await page.getByLabel("To", { exact: true }).fill("2020-01-31");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Show these days" }).click();
    await page.waitForURL(/period=range&to=2020-01-31/);
    await page.getByRole("heading", { name: "No campaign matches" }).waitFor();
    await page.getByRole("link", { name: "Clear all filters" }).click();
    await page.waitForURL(inShop("campaigns"));
    await rowOf(page, other.name).getByRole("link", { name: other.name }).click();
    await page.waitForURL(inShop(`campaigns/${other.id}`));
  },
);

test("a draft stands among the campaigns and is gone on with from there", async () => {
  const page = await desk.sit();
  const name = `Draft-${randomBytes(4).toString("hex")}`;
  const answer = await page.request.post(`${panel().webUrl}/api/workspaces/${shop.workspaceId}/drafts`, {
    data: { name, content: {} },
    headers: { origin: panel().webUrl },
  });
  expect(answer.ok()).toBe(true);
  await list(page);
  await page.getByRole("link", { name: "Drafts", exact: true }).click();
  await page.waitForURL(/view=drafts/);
  await rowOf(page, name).getByText("no audience yet").waitFor();
  await rowOf(page, name)
    .getByRole("link", { name: `Continue ${name}` })
    .click();
  await page.waitForURL(/campaigns\/drafts\/[^/]+\/content/);
});

test("without a mouse: search, go to the campaign, come back to the same list", async () => {
  const made = await launch(2, inTwoDays());
  const page = await desk.sit();
  await list(page);
  await tabTo(page, "Search by name");
  await page.keyboard.type(made.name);
  await page.waitForURL(/[?&]q=/);
  await rowOf(page, made.name).waitFor();
  await tabTo(page, made.name);
  await page.keyboard.press("Enter");
  await page.waitForURL(inShop(`campaigns/${made.id}`));
  await page.goBack();
  await rowOf(page, made.name).waitFor();
  expect(await page.getByRole("searchbox", { name: "Search by name" }).inputValue()).toBe(made.name);
});

test("a paused campaign says by whom and why, and goes on from its row", async () => {
  await product.killSwitch({ workspaceId: shop.workspaceId, senderId }, { on: true, note: "nothing may leave before it is paused" });
  const made = await launch(4);
  await product.control(made.id, "pause");
  await product.killSwitch({ workspaceId: shop.workspaceId, senderId }, { on: false, note: "it is paused" });
  const page = await desk.sit();
  await list(page, `?q=${made.name}`);
  await rowOf(page, made.name)
    .getByText(/^by olga\.owner, /)
    .waitFor();
  await page.getByRole("button", { name: `Resume ${made.name}` }).click();
  await page.getByText("4 people have not got it yet.").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send to 4 people" }).click();
  await rowOf(page, made.name)
    .getByText(/Completed|Partly sent/)
    .waitFor({ timeout: 90_000 });
});

test("a member stops a number with a reason; only an owner or admin lets it go; the campaign's row tells it and goes on by itself", async () => {
  const page = await desk.sit();
  await visit(page, inShop("senders"));
  await page.getByRole("link", { name: verifiedName }).click();
  await page.waitForURL(inShop(`senders/${senderId}`));
  await page.getByRole("button", { name: "Stop this number" }).click();
  await page.getByRole("button", { name: "Stop sending" }).click();
  await page.getByText("Say why: a colleague will ask.").waitFor();
  await expectAccessible(page);
  await page.getByLabel("Why").fill("wrong link");
  await page.getByRole("button", { name: "Stop sending" }).click();
  await page.getByText(/Nothing is sent since .*, by you: “wrong link”/).waitFor();
  await page.getByText("Only an owner or admin lets sending go again.").waitFor();

  const made = await launch(3);
  await list(page, `?q=${made.name}`);
  await rowOf(page, made.name).getByText("a kill switch of its number is on").waitFor({ timeout: 90_000 });
  await page.getByRole("link", { name: /^Needs attention/ }).click();
  await rowOf(page, made.name).waitFor();
  await expectAccessible(page);
  await picture(page, "campaigns-attention");

  const owner = await desk.sit({ role: "owner" });
  await visit(owner, inShop(`senders/${senderId}`));
  await owner.getByText(/by mia\.member: “wrong link”/).waitFor();
  await owner.getByRole("button", { name: "Let this number send" }).click();
  await owner.getByLabel("Why").fill("the link is right now");
  await owner.getByRole("button", { name: "Send again" }).click();
  await owner.getByText("Campaigns send as they were told.").waitFor();
  // what needs nobody any more leaves the view by itself
  await rowOf(page, made.name).waitFor({ state: "detached", timeout: 90_000 });
  await list(page, `?q=${made.name}`);
  await rowOf(page, made.name)
    .getByText(/Completed|Partly sent/)
    .waitFor({ timeout: 90_000 });
});

test("a block names what Meta refuses and who waits; whoever mended it says so, and the messages go", async () => {
  const simulator = simulatorAt(panel().simulatorUrl);
  const made = await launch(1, {}, (phones) =>
    simulator.script([{ to: phones, answer: { kind: "refuse", code: 131042, times: 1 } }, ...springSaleRules]),
  );
  const page = await desk.sit();
  await expect
    .poll(async () => (await product.blocks(shop.workspaceId)).map(({ code }) => code), { timeout: 60_000, interval: 500 })
    .toContain("131042");
  await visit(page, inShop("senders"));
  const block = page.getByRole("listitem").filter({ hasText: "131042" });
  await block.getByRole("heading", { name: `The account ${shop.source.name}` }).waitFor();
  await block.getByRole("link", { name: made.name }).waitFor();
  await expectAccessible(page);
  await picture(page, "senders-blocked");
  await block.getByRole("button", { name: "Say that it is cured" }).click();
  await page.getByLabel("What was done").fill("the invoice is paid");
  await page.getByRole("button", { name: /^Let \d+ campaigns? go on$/ }).click();
  await page.getByText(/^Cured: /).waitFor();
  await block.waitFor({ state: "detached", timeout: 60_000 });
  await expect
    .poll(async () => (await product.campaign(made.id)).campaign.status, { timeout: 90_000, interval: 500 })
    .toMatch(/^(sent|partially_sent)$/);
});

test("the senders without a mouse: from the list to the number, and its kill switch asks before it does anything", async () => {
  const page = await desk.sit();
  await visit(page, inShop("senders"));
  await page.getByRole("heading", { level: 1, name: "Senders" }).waitFor();
  await tabTo(page, verifiedName);
  await page.keyboard.press("Enter");
  await page.waitForURL(inShop(`senders/${senderId}`));
  await tabTo(page, "Stop this number");
  await page.keyboard.press("Enter");
  await page.getByRole("alertdialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("alertdialog").waitFor({ state: "detached" });
  expect(await page.getByText("Campaigns send as they were told.").count()).toBe(1);
});

test.each(["light", "dark"] as const)("a number's page says what it may do, and has no violation of accessibility (%s)", async (theme) => {
  const page = await desk.sit({ theme });
  await visit(page, inShop(`senders/${senderId}`));
  await page.getByRole("heading", { level: 1, name: verifiedName }).waitFor();
  await page.getByText(displayNumber).first().waitFor();
  await page.getByRole("cell", { name: "spring_sale" }).waitFor();
  await expectAccessible(page);
  await picture(page, `sender-${theme}`);
  await visit(page, inShop("senders"));
  await page.getByRole("heading", { level: 1, name: "Senders" }).waitFor();
  await expectAccessible(page);
  await picture(page, `senders-${theme}`);
});

test("a viewer on a phone sees all of it, may change none of it, and nothing is wider than the screen", async () => {
  const page = await desk.sit({ role: "viewer", isPhone: true });
  for (const path of ["campaigns", "senders", `senders/${senderId}`]) {
    await visit(page, inShop(path));
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessible(page);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), path).toBeLessThanOrEqual(0);
    await picture(page, `viewer-phone-${path.replace(/\W.*/, "")}`);
  }
  await page.getByText("Your role cannot stop sending; ask an owner or admin.").waitFor();
  await visit(page, inShop("campaigns"));
  await page.getByText("Your role here is viewer").waitFor();
  expect(await page.getByRole("link", { name: "New campaign" }).count()).toBe(0);
});
