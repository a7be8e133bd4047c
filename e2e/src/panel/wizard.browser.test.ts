import type { Product } from "@herald/demo";
import { beforeAll, expect, test } from "vitest";
import { aList, asOwner, at, begin, chance, chooseList, counter, fillContent, saved } from "./testing/composing.ts";
import { expectAccessible, inShop, openDesk, picture, tabTo, visit } from "./testing/desk.ts";

const desk = openDesk();
let product: Product;
beforeAll(async () => {
  product = await asOwner();
});

test("a campaign is composed in five steps, each saved, and sent to exactly the people its button names", async () => {
  const list = await aList(product, 30, 5, 4);
  const name = `Journey-${chance()}`;
  const page = await desk.sit();
  const draft = await begin(page);
  await picture(page, "wizard-content-new");
  await fillContent(page, name);
  await page.getByRole("button", { name: "Add a fact" }).click();
  await page.getByLabel("Fact", { exact: true }).fill("Code");
  await page.getByLabel("Value", { exact: true }).fill("SPRING25");
  await page.getByText("Shown for people of this workspace until an audience is chosen.").waitFor();
  await saved(page).waitFor();

  await page.getByRole("link", { name: "Next: Audience" }).click();
  await at(page, "Audience").waitFor();
  await page.getByText("Not counted yet. Still missing: somebody to send to.").waitFor();
  await chooseList(page, list.name);
  await counter(page).getByText("30", { exact: true }).waitFor();
  expect((await counter(page).innerText()).replaceAll(/\s+/g, " ")).toBe("35 chosen − 5 left out = 30 will receive it");
  await page.getByText("Why they are left out").click();
  await page.getByText("opted out of marketing").waitFor();
  await page.getByRole("link", { name: "Content", exact: true }).first().click();
  await page.getByText("4 people have no first name: they will read “there”.").waitFor();
  await page.getByText(/^1 of 20: /).waitFor();
  await page.getByRole("button", { name: "Next person" }).click();
  await page.getByText(/^2 of 20: /).waitFor();
  await picture(page, "wizard-content");

  await visit(page, `${draft}/checks`);
  await page.getByText("It can be sent; look at what is amber first.").waitFor();
  await page.getByText("5 people are left out · 5 opted out.").waitFor();
  await picture(page, "wizard-checks");

  await page.getByRole("link", { name: "Next: When" }).click();
  await page.getByRole("radio", { name: "Now" }).check();
  await page.getByText(/^That is between .* for 30 people in Canada\.$/).waitFor();
  await saved(page).waitFor();
  await page.getByRole("link", { name: "Next: Review" }).click();
  await page.getByText(`Send ${name} (marketing, en_US) from +14165550100 Lucky Shrub to 30 people, starting now`).waitFor();
  await picture(page, "wizard-review");

  const button = page.getByRole("button", { name: "Send to 30 people" });
  await button.click();
  await page.waitForURL(/\/campaigns\/[\da-f-]{36}$/);
  await visit(page, `${draft}/review`);
  await page.waitForURL(/\/campaigns\/[\da-f-]{36}$/);
  const campaignId = page.url().split("/").at(-1) ?? "";
  const { ledger, skips } = await product.campaign(campaignId);
  expect([ledger.planned, skips], "thirty of thirty-five").toEqual([35, [{ reason: "opted_out", count: 5 }]]);
});

test("what changed since the count is told at the press; nothing is sent until it is pressed again", async () => {
  const list = await aList(product, 6, 0);
  const page = await desk.sit();
  const draft = await begin(page);
  await fillContent(page, `Changed-${chance()}`);
  await saved(page).waitFor();
  await visit(page, `${draft}/audience`);
  await chooseList(page, list.name);
  await counter(page).getByText("6", { exact: true }).first().waitFor();
  await visit(page, `${draft}/when`);
  await page.getByRole("radio", { name: "Now" }).check();
  await saved(page).waitFor();
  await visit(page, `${draft}/review`);
  const button = page.getByRole("button", { name: "Send to 6 people" });
  await button.waitFor();
  await list.addOneWithout();
  await button.click();
  await page.getByText("Nothing was sent: the audience has changed since it was counted").waitFor();
  await page.getByText("Chosen: 6 → 7").waitFor();
  await picture(page, "wizard-review-changed");
  expect(page.url()).toContain("/review");
  await page.getByRole("button", { name: "Send to 6 people" }).click();
  await page.waitForURL(/\/campaigns\/[\da-f-]{36}$/);
});

test("the whole wizard is walked by keyboard alone, up to a scheduled campaign", async () => {
  const list = await aList(product, 3, 0);
  const name = `Keys-${chance()}`;
  const page = await desk.sit();
  await begin(page);
  await tabTo(page, /^Campaign name/);
  await page.keyboard.type(name);
  await tabTo(page, /^order_update/);
  await page.keyboard.press("Enter");
  // order_update names its places: first_name is guessed, order_number is a field nobody has
  await tabTo(page, /order_number/);
  await page.keyboard.type("The same");
  await page.keyboard.press("Tab");
  await page.keyboard.type("A-17");
  await tabTo(page, "Next: Audience");
  await page.keyboard.press("Enter");
  await at(page, "Audience").waitFor();
  await tabTo(page, "Add lists");
  await page.keyboard.press("Enter");
  await page.getByRole("searchbox", { name: "Search lists" }).waitFor();
  await page.keyboard.type(list.name);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await counter(page).getByText("3", { exact: true }).first().waitFor();
  await tabTo(page, "Next: Checks");
  await page.keyboard.press("Enter");
  await at(page, "Checks").waitFor();
  await tabTo(page, "Next: When");
  await page.keyboard.press("Enter");
  await tabTo(page, /^Keep as a draft/);
  await page.keyboard.press("ArrowUp");
  await tabTo(page, /^Day/);
  const day = new Date(Date.now() + 5 * 86_400_000).toISOString();
  await page.keyboard.type(`${day.slice(5, 7)}${day.slice(8, 10)}${day.slice(0, 4)}`);
  await tabTo(page, /^Time/);
  await page.keyboard.type("0930AM");
  await saved(page).waitFor();
  await tabTo(page, "Next: Review");
  await page.keyboard.press("Enter");
  await at(page, "Review").waitFor();
  await page.getByRole("button", { name: "Schedule for 3 people" }).waitFor();
  await tabTo(page, "Schedule for 3 people");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/campaigns\/[\da-f-]{36}$/);
  const { campaign } = await product.campaign(page.url().split("/").at(-1) ?? "");
  expect([campaign.status, campaign.scheduledAt?.slice(0, 10)]).toEqual(["scheduled", day.slice(0, 10)]);
});

test("a colleague's save is told with a way out, and nothing typed is lost", async () => {
  const mia = await desk.sit();
  const draft = await begin(mia);
  await mia.getByLabel("Campaign name").fill("Begun by Mia");
  await saved(mia).waitFor();
  const adam = await desk.sit({ role: "admin" });
  await visit(adam, `${draft}/content`);
  await adam.getByLabel("Campaign name").fill("Changed by Adam");
  await saved(adam).waitFor();
  await mia.getByLabel("Campaign name").fill("Typed by Mia");
  await mia.getByText(/^A colleague saved this draft at /).waitFor();
  expect(await mia.getByLabel("Campaign name").inputValue()).toBe("Typed by Mia");
  await expectAccessible(mia);
  await picture(mia, "wizard-moved");
  await mia.getByRole("button", { name: "Take the saved one" }).click();
  await saved(mia).waitFor();
  expect(await mia.getByLabel("Campaign name").inputValue()).toBe("Changed by Adam");
});

test("without a connection it is told and tried again; the tab keeps what was typed over a reload", async () => {
  const page = await desk.sit();
  await begin(page);
  await page.getByLabel("Campaign name").fill("Before");
  await saved(page).waitFor();
  await page.route(/\/api\/workspaces\/.*\/drafts\//, (route) => route.abort());
  await page.getByLabel("Campaign name").fill("Typed in a tunnel");
  await page.getByText("Your changes are not saved yet").waitFor();
  await picture(page, "wizard-offline");
  await page.getByRole("link", { name: "Senders" }).first().click();
  await page.getByRole("alertdialog", { name: "Leave without saving?" }).waitFor();
  await page.getByRole("button", { name: "Stay here" }).click();
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  const name = page.getByLabel("Campaign name");
  await name.and(page.locator('[value="Typed in a tunnel"]')).waitFor();
  await page.unroute(/\/api\/workspaces\/.*\/drafts\//);
  await saved(page).waitFor();
  expect(await name.inputValue()).toBe("Typed in a tunnel");
});

test("who may not compose is told who can change that", async () => {
  const page = await desk.sit({ role: "viewer" });
  await visit(page, inShop("campaigns/new"));
  await page.getByText("An owner or admin of the workspace can make you a member.").waitFor();
  await expectAccessible(page);
});

test.each(["light", "dark"] as const)(
  "no step has a violation of accessibility, on a desk or on a phone, in the %s theme",
  async (theme) => {
    const list = await aList(product, 3, 1, 1);
    const page = await desk.sit({ theme });
    const draft = await begin(page);
    await expectAccessible(page);
    await fillContent(page, `Axe-${theme}-${chance()}`);
    await saved(page).waitFor();
    await visit(page, `${draft}/audience`);
    await chooseList(page, list.name);
    await counter(page).getByText("3", { exact: true }).first().waitFor();
    await saved(page).waitFor();
    await visit(page, `${draft}/when`);
    await page.getByRole("radio", { name: "At a time" }).check();
    await saved(page).waitFor();
    for (const isPhone of [false, true]) {
      await page.setViewportSize(isPhone ? { width: 390, height: 844 } : { width: 1440, height: 900 });
      for (const step of ["Content", "Audience", "Checks", "When", "Review"]) {
        await visit(page, `${draft}/${step.toLowerCase()}`);
        await at(page, step).waitFor();
        await page.waitForLoadState("networkidle");
        await expectAccessible(page);
        await picture(page, `wizard-${step.toLowerCase()}-${theme}-${isPhone ? "phone" : "desk"}`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${step} is not wider than the screen`).toBe(
          true,
        );
      }
    }
  },
);
