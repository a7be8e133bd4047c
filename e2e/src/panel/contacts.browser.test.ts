import { randomBytes } from "node:crypto";
import { shop } from "@herald/demo";
import type { Page } from "playwright-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { expectAccessible, inShop, openDesk, picture, type Seat, tabTo, visit } from "./testing/desk.ts";

const desk = openDesk();
const opened: Page[] = [];
const sit = async (seat?: Seat): Promise<Page> => {
  const page = await desk.sit(seat);
  opened.push(page);
  return page;
};
// a window that stays open goes on asking
afterEach(() => Promise.all(opened.splice(0).map((page) => page.context().close())));
const themes = ["light", "dark"] as const;
const unique = randomBytes(4).toString("hex");
const surname = `Quill${unique}`;
const crowd = `crowd-${unique}`;
const crowdSize = 130;
/** Numbers of this run alone: an area code and seven digits. */
const numberOf = (nth: number): string => `+1672${String((Number.parseInt(unique, 16) % 9_000) * 1000 + 1_000_000 + nth).slice(0, 7)}`;

/** A file through the door, in the name of whoever sits there. */
async function imports(page: Page, rows: readonly string[], query: string): Promise<void> {
  const status = await page.evaluate(
    async ([path, body]) =>
      (await fetch(path as string, { method: "POST", headers: { "content-type": "text/csv" }, body: body as string })).status,
    [`/api/workspaces/${shop.workspaceId}/contacts/import?${query}`, rows.join("\n")],
  );
  expect(status).toBe(200);
}

beforeAll(async () => {
  const page = await sit();
  const people = ["Inês", "Bob", "Cleo", "Dora", "Emil", "Fay"].map((first, at) => `${numberOf(at)},${first} ${surname},VIP,yes,Lima`);
  await imports(
    page,
    ["phone,name,tags,consent,city", ...people],
    `fileName=${surname}.csv&listName=${encodeURIComponent(`List ${surname}`)}`,
  );
  const others = Array.from({ length: crowdSize }, (_, at) => `${numberOf(at + 100)},Somebody ${at},${crowd}`);
  await imports(page, ["phone,name,tags", ...others], `fileName=${crowd}.csv`);
  await page.close();
});

const grid = (page: Page) => page.getByRole("grid", { name: "Contacts" });
const rowOf = (page: Page, name: string) => grid(page).getByRole("row").filter({ hasText: name });
const search = (page: Page, text: string) => page.getByRole("searchbox", { name: "Search contacts" }).fill(text);

async function openPerson(page: Page, first: string): Promise<void> {
  await visit(page, inShop(`contacts?search=${first}+${surname}`));
  await rowOf(page, `${first} ${surname}`).getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: `${first} ${surname}` }).waitFor();
}

test("people are found by name without accents, by digits of a phone, by filters; the address keeps it all", async () => {
  const page = await sit();
  await visit(page, inShop("contacts"));
  await search(page, `ines ${surname.slice(1)}`);
  await page.waitForURL(/search=ines/);
  await rowOf(page, `Inês ${surname}`).waitFor();
  await page.getByRole("status").getByText("1 person", { exact: true }).waitFor();
  const bob = numberOf(1);
  await search(page, `${bob.slice(1, 2)} (${bob.slice(2, 5)}) ${bob.slice(5, 8)}-${bob.slice(8)}`);
  await rowOf(page, `Bob ${surname}`).waitFor();
  expect(await rowOf(page, "Inês").count()).toBe(0);
  await search(page, "");
  await page.waitForURL(inShop("contacts"));
  await page.getByRole("button", { name: "Tag", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: crowd }).click();
  await page.getByRole("status").getByText(`${crowdSize} people`, { exact: true }).waitFor();
  await page.getByRole("button", { name: "Marketing", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: "Opted out" }).click();
  await page.getByRole("heading", { name: "Nobody matches" }).waitFor();
  const again = await page.context().newPage();
  await visit(again, page.url());
  await again.getByRole("heading", { name: "Nobody matches" }).waitFor();
  await again.getByRole("link", { name: "Clear search and filters" }).click();
  await again.waitForURL(inShop("contacts"));
});

test("a long list arrives page by page as one scrolls", async () => {
  const page = await sit();
  await visit(page, inShop(`contacts?tag=${crowd}`));
  await rowOf(page, "Somebody").first().waitFor();
  await grid(page).focus();
  // the end of what is loaded asks for the rest
  await page.keyboard.press("End");
  await expect
    .poll(
      async () => {
        await page.keyboard.press("End");
        return grid(page).getByRole("row").last().getAttribute("aria-rowindex");
      },
      { timeout: 20_000 },
    )
    .toBe(String(crowdSize + 1));
});

test("a member edits a person, tags, and records an opt-out; an admin lifts it, and consent is what it was", async () => {
  const page = await sit();
  await openPerson(page, "Cleo");
  await page.getByText(`In the imported file ${surname}.csv, row 3.`).waitFor();
  await page.getByText(`Joined the list List ${surname}.`).waitFor();

  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("city").fill("Porto");
  await page.getByLabel("New field").fill("Order Number");
  await page.getByLabel("Value").fill("42");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Begin with a small letter; then small letters, digits and _.").waitFor();
  await page.getByLabel("New field").fill("order_number");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByRole("region", { name: "Fields" }).getByText("42").waitFor();
  expect(await page.getByRole("region", { name: "Fields" }).getByText("Porto").isVisible()).toBe(true);

  await page.getByLabel("New tag").fill("first row");
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("region", { name: "Tags" }).getByText("first row").waitFor();
  await page.getByRole("button", { name: "Remove tag VIP" }).click();
  await page.getByRole("button", { name: "Remove tag VIP" }).waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Record an opt-out" }).click();
  await page.getByRole("button", { name: "Opt 1 person out" }).click();
  await page.getByText("Write where the person said so; it is the proof.").waitFor();
  await page.getByLabel("Where did the person say so?").fill("at the counter");
  await picture(page, "contact-opt-out");
  await page.getByRole("button", { name: "Opt 1 person out" }).click();
  await page.getByRole("region", { name: "Consent" }).getByText("You recorded it: “at the counter”").waitFor();
  await page.getByText("Only owners and admins can lift it.").waitFor();
  await page.getByText("Opted out of marketing on WhatsApp.").waitFor();
  expect(await page.getByRole("button", { name: "Lift the opt-out" }).count()).toBe(0);

  const admin = await sit({ role: "admin" });
  await openPerson(admin, "Cleo");
  await admin.getByRole("button", { name: "Lift the opt-out" }).click();
  await admin.getByText("the person had agreed, so marketing campaigns may reach them from now on").waitFor();
  await admin.getByLabel("Why was it wrong?").fill("it was another Cleo");
  await admin.getByRole("button", { name: "Lift 1 opt-out" }).click();
  await admin.getByText("The opt-out of marketing on WhatsApp was lifted.").waitFor();
  await admin.getByRole("button", { name: "Record an opt-out" }).waitFor();
  await picture(admin, "contact-lifted");
});

test("without a mouse: search, walk the rows, open a person, record an opt-out", async () => {
  const page = await sit();
  await visit(page, inShop("contacts"));
  await page.locator('input[type="search"]:enabled').waitFor();
  await tabTo(page, "Search contacts");
  await page.keyboard.type(`dora ${surname}`);
  await page.waitForURL(/search=dora/);
  await rowOf(page, `Dora ${surname}`).waitFor();
  await tabTo(page, "Contacts");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: `Dora ${surname}` }).waitFor();
  await tabTo(page, "Record an opt-out");
  await page.keyboard.press("Enter");
  await page.getByRole("alertdialog").waitFor();
  // the focus begins on the harmless choice
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.type("in a letter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Consent" }).getByText("You recorded it: “in a letter”").waitFor();
  expect(await page.getByRole("button", { name: "Record an opt-out" }).count()).toBe(0);
});

test("a viewer sees everything and may change nothing", async () => {
  const page = await sit({ role: "viewer" });
  await openPerson(page, "Emil");
  for (const name of ["Edit", "Add tag", "Record an opt-out", "Lift the opt-out"])
    expect(await page.getByRole("button", { name }).count(), name).toBe(0);
});

test("a person of nobody, or of another workspace, is not there", async () => {
  const page = await sit();
  for (const contactId of ["00000000-0000-4000-8000-000000000000", "not-an-id"]) {
    await visit(page, inShop(`contacts/${contactId}`));
    await page.getByRole("heading", { name: "Nothing here" }).waitFor();
    expect(await page.getByRole("region", { name: "Consent" }).count(), contactId).toBe(0);
  }
});

test.each(themes.flatMap((theme) => [false, true].map((isPhone) => ({ theme, isPhone }))))(
  "list and person have no violation of accessibility ($theme, phone: $isPhone)",
  async ({ theme, isPhone }) => {
    const page = await sit({ theme, isPhone, role: "admin" });
    const name = (part: string): string => `contacts-${part}-${theme}${isPhone ? "-phone" : ""}`;
    await visit(page, inShop(`contacts?search=${surname}`));
    await rowOf(page, surname).first().waitFor();
    await expectAccessible(page);
    await picture(page, name("list"));
    expect(await page.evaluate<boolean>("document.documentElement.scrollWidth <= window.innerWidth"), "nothing to scroll sideways").toBe(
      true,
    );
    await openPerson(page, "Fay");
    await expectAccessible(page);
    await picture(page, name("person"));
    expect(await page.evaluate<boolean>("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByRole("dialog").waitFor();
    await expectAccessible(page);
    await picture(page, name("edit"));
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Record an opt-out" }).click();
    await page.getByRole("alertdialog").waitFor();
    await expectAccessible(page);
    await picture(page, name("opt-out"));
  },
);
