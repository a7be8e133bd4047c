import { demoMembers, demoPassword, shop } from "@herald/demo";
import pg from "pg";
import { expect, test } from "vitest";
import { expectAccessible, inShop, openDesk, panel, picture, tabTo, visit } from "./testing/desk.ts";

const desk = openDesk();
const mia = demoMembers.find(({ role }) => role === "member");
if (!mia) throw new Error("the story has no member");

test.each(["light", "dark"] as const)("the sign-in page has no violation of accessibility in the %s theme", async (theme) => {
  const page = await desk.outside({ theme });
  await visit(page, `${panel().webUrl}/sign-in`);
  await expectAccessible(page);
  await picture(page, `sign-in-${theme}`);
});

test("a visitor signs in by keyboard alone and comes to the screen that was asked for", async () => {
  const page = await desk.outside();
  await visit(page, inShop("contacts"));
  await page.waitForURL(/\/sign-in\?next=/);
  await page.getByRole("button", { name: "Sign in" }).and(page.locator(":enabled")).waitFor();
  await tabTo(page, "E-mail");
  await page.keyboard.type(mia.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(demoPassword);
  await page.keyboard.press("Enter");
  await page.waitForURL(inShop("contacts"));
  expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Contacts");
});

test("a wrong password is told in words, and what was typed stays", async () => {
  const page = await desk.outside();
  await visit(page, `${panel().webUrl}/sign-in`);
  await page.getByLabel("E-mail").fill(mia.email);
  await page.getByLabel("Password").fill("not-the-password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").getByText("The e-mail address or the password is wrong.").waitFor();
  expect(await page.getByLabel("E-mail").inputValue()).toBe(mia.email);
});

test("an unknown and a foreign workspace answer alike: there is nothing here", async () => {
  const owner = new pg.Client({ connectionString: panel().settings["OWNER_DATABASE_URL"] });
  await owner.connect();
  const { rows } = await owner.query<{ workspace_id: string; id: string }>(
    `with w as (insert into workspaces (name) values ('Somebody else') returning id)
     insert into contacts (workspace_id, display_name) select id, 'Not yours' from w returning workspace_id, id`,
  );
  await owner.end();
  const [foreign] = rows;
  if (!foreign) throw new Error("the foreign workspace was not made");
  const page = await desk.sit();
  for (const where of [shop.workspaceId, foreign.workspace_id]) {
    await visit(page, `${panel().webUrl}/panel/w/${where}/contacts/${foreign.id}`);
    await page.getByRole("heading", { name: "Nothing here" }).waitFor();
    expect(await page.getByText("Not yours").count()).toBe(0);
  }
  for (const workspaceId of [foreign.workspace_id, shop.workspaceId.replace(/1$/, "9"), "not-an-id"]) {
    const answer = await visit(page, `${panel().webUrl}/panel/w/${workspaceId}/campaigns`);
    expect(answer?.status()).toBe(404);
    await page.getByRole("heading", { name: "Nothing here" }).waitFor();
  }
});

test("signing out ends the session: the same address asks to sign in", async () => {
  const page = await desk.sit();
  await page.getByRole("button", { name: mia.email }).first().click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(/\/sign-in/);
  await visit(page, inShop("campaigns"));
  await page.waitForURL(/\/sign-in\?next=/);
  expect((await page.request.get(`${panel().webUrl}/api/auth/me`)).status()).toBe(401);
});

test("⌘K opens everything one can go to", async () => {
  const page = await desk.sit();
  const typed = page.getByPlaceholder("Where to, or what to do?");
  await expect
    .poll(async () => {
      await page.keyboard.press("ControlOrMeta+k");
      return typed.isVisible();
    })
    .toBe(true);
  await typed.fill("senders");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/senders$/);
});
