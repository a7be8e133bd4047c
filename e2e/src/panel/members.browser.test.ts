import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectAccessible, inShop, openDesk, panel, picture, tabTo, visit } from "./testing/desk.ts";

const desk = openDesk();
const newAddress = (): string => `nina.${randomBytes(4).toString("hex")}@example.com`;
const password = "plants need water";

/** Invites by mouse; answers the link as the dialog shows it, once. */
async function invite(page: Page, email: string, role: "admin" | "member" | "viewer"): Promise<string> {
  await visit(page, inShop("settings/members"));
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("radio", { name: role }).check();
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  await picture(page, "members-link");
  await page.getByRole("button", { name: "I have sent it" }).click();
  return link;
}
const rowOf = (page: Page, email: string) => page.getByRole("row").filter({ hasText: email });
/** The address under which the window under test reaches the panel. */
const here = (link: string): string => `${panel().webUrl}/invite${new URL(link).hash}`;

test("invited, joined, made admin, removed: each holds in the other person's window at once", async () => {
  const olga = await desk.sit({ role: "owner" });
  const email = newAddress();
  const link = await invite(olga, email, "viewer");
  await rowOf(olga, email).getByText("viewer").waitFor();

  const nina = await desk.outside();
  await visit(nina, here(link));
  await nina.getByRole("heading", { name: "Join Lucky Shrub" }).waitFor();
  expect(await nina.getByLabel("E-mail").inputValue()).toBe(email);
  await expectAccessible(nina);
  await picture(nina, "invite-new");
  await nina.getByLabel("Choose a password").fill("too short");
  await nina.getByRole("button", { name: "Create the account and join" }).click();
  await nina.getByText("Use at least 12 characters.").waitFor();
  await nina.getByLabel("Choose a password").fill(password);
  await nina.getByRole("button", { name: "Create the account and join" }).click();
  await nina.waitForURL(inShop("campaigns"));
  await visit(nina, inShop("settings"));
  await nina.getByText("An owner or admin changes them").waitFor();

  await visit(olga, inShop("settings/members"));
  await olga.getByRole("button", { name: `Change ${email}` }).click();
  await olga.getByRole("menuitemcheckbox", { name: "admin" }).click();
  await picture(olga, "members-confirm-role");
  await olga.getByRole("button", { name: "Make an admin" }).click();
  await olga.getByText(`${email} is an admin now`).waitFor();
  await nina.reload();
  await nina.getByRole("button", { name: "Save settings" }).waitFor();

  await olga.getByRole("button", { name: `Change ${email}` }).click();
  await olga.getByRole("menuitem", { name: "Remove from the workspace" }).click();
  await picture(olga, "members-confirm-remove");
  await olga.getByRole("alertdialog").getByRole("button", { name: "Remove from the workspace" }).click();
  await olga.getByText(`${email} is out`).waitFor();
  const answer = await visit(nina, inShop("campaigns"));
  expect(answer?.status()).toBe(404);
  await visit(nina, here(link));
  await nina.getByText("This link was used").waitFor();

  await visit(olga, inShop("settings/audit"));
  await olga.getByText(`made ${email} admin (was viewer)`).waitFor();
  await olga.getByText(`removed ${email}, who was admin`).waitFor();
  await olga.getByRole("row").filter({ hasText: email }).filter({ hasText: "joined by invitation as viewer" }).waitFor();
  await picture(olga, "audit");
}, 180_000);

test("by keyboard alone: an invitation is made, its link copied, and its account made and joined", async () => {
  const olga = await desk.sit({ role: "owner" });
  const email = newAddress();
  await visit(olga, inShop("settings/members"));
  await tabTo(olga, "Invite somebody");
  await olga.keyboard.press("Enter");
  await olga.getByRole("dialog").waitFor();
  if ((await olga.evaluate(() => document.activeElement?.tagName)) !== "INPUT") await tabTo(olga, /^E-mail address/);
  await olga.keyboard.type(email);
  await olga.keyboard.press("Tab");
  await olga.keyboard.press("ArrowDown");
  await olga.keyboard.press("Enter");
  await olga.getByRole("textbox", { name: "Link" }).waitFor();
  await tabTo(olga, "Copy the link");
  await olga.keyboard.press("Enter");
  const link = String(await olga.evaluate("navigator.clipboard.readText()"));
  await olga.keyboard.press("Escape");
  await rowOf(olga, email).getByText("viewer").waitFor();

  const nina = await desk.outside({ isPhone: true });
  await visit(nina, here(link));
  await nina.getByLabel("Choose a password").waitFor();
  await tabTo(nina, /^Choose a password/);
  await nina.keyboard.type(password);
  await nina.keyboard.press("Enter");
  await nina.waitForURL(inShop("campaigns"));
  await visit(nina, inShop("settings/members"));
  await tabTo(nina, `Change ${email}`);
  await nina.keyboard.press("Enter");
  await nina.keyboard.press("Enter");
  await nina.getByRole("alertdialog").waitFor();
  await tabTo(nina, "Leave this workspace", 5);
  await nina.keyboard.press("Enter");
  await nina.getByRole("heading", { name: "You belong to no workspace yet" }).waitFor();
  expect((await visit(nina, inShop("campaigns")))?.status()).toBe(404);
}, 180_000);

test("a link opened by somebody else who is signed in says so, and lets that person sign out where they are", async () => {
  const olga = await desk.sit({ role: "owner" });
  const email = newAddress();
  const link = await invite(olga, email, "viewer");
  const vera = await desk.sit({ role: "viewer" });
  await visit(vera, here(link));
  await vera.getByText("You are signed in as somebody else").waitFor();
  await expectAccessible(vera);
  await picture(vera, "invite-foreign");
  await vera.getByRole("button", { name: "Sign out" }).click();
  await vera.getByRole("button", { name: "Create the account and join" }).waitFor();

  await olga.getByRole("button", { name: `Revoke the invitation of ${email}` }).click();
  await olga.getByRole("button", { name: "Revoke the invitation", exact: true }).click();
  await olga.getByText(`Invitation of ${email} revoked`).waitFor();
  await vera.reload();
  await vera.getByText("This link does not work").waitFor();
  await picture(vera, "invite-revoked");
}, 120_000);

test("a token is in no address that a server gets to see", async () => {
  const olga = await desk.sit({ role: "owner" });
  const email = newAddress();
  const link = await invite(olga, email, "viewer");
  const token = new URL(link).hash.slice(1);
  const nina = await desk.outside();
  const seen: string[] = [];
  nina.on("request", (request) => void seen.push(`${request.url().split("#")[0]} ${request.headers()["referer"] ?? ""}`));
  await visit(nina, here(link));
  await nina.getByRole("button", { name: "Create the account and join" }).waitFor();
  expect(seen.some((line) => line.includes("/api/invitations/look"))).toBe(true);
  expect(seen.filter((line) => line.includes(token))).toEqual([]);
  await olga.getByRole("button", { name: `Revoke the invitation of ${email}` }).click();
  await olga.getByRole("button", { name: "Revoke the invitation", exact: true }).click();
  await olga.getByText(`Invitation of ${email} revoked`).waitFor();
}, 120_000);

test("settings are saved, told in a toast, and refuse what cannot be beside its field", async () => {
  const olga = await desk.sit({ role: "owner" });
  await visit(olga, inShop("settings"));
  const most = olga.getByLabel("Most recipients of one campaign");
  const before = await most.inputValue();
  await most.fill("none");
  await olga.getByRole("button", { name: "Save settings" }).click();
  await olga.getByText("Write a whole number, 1 to 1,000,000.").waitFor();
  await most.fill("9999");
  await olga.getByRole("button", { name: "Save settings" }).click();
  await olga.getByText("Settings saved").waitFor();
  await olga.reload();
  expect(await most.inputValue()).toBe("9999");
  await most.fill(before);
  await olga.getByRole("button", { name: "Save settings" }).click();
  await olga.getByText("Settings saved").waitFor();
}, 120_000);

test.each([
  ["settings", "owner", "light", false],
  ["settings", "owner", "dark", true],
  ["settings", "viewer", "dark", false],
  ["settings/members", "owner", "light", false],
  ["settings/members", "admin", "dark", true],
  ["settings/members", "viewer", "light", true],
  ["settings/audit", "admin", "light", true],
  ["settings/audit", "admin", "dark", false],
  ["settings/audit", "member", "light", false],
] as const)(
  "%s is accessible for the %s in the %s theme",
  async (path, role, theme, isPhone) => {
    const page = await desk.sit({ role, theme, isPhone });
    await visit(page, inShop(path));
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await expectAccessible(page);
    const overflows = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    expect(overflows, "wider than the window").toBe(false);
    await picture(page, `${path.replace("/", "-")}-${role}-${theme}`);
  },
  120_000,
);
