import { demoMembers, type Product, shop } from "@herald/demo";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aList, asOwner, at, begin, chance, compose, counter, saved } from "./testing/composing.ts";
import { expectAccessible, inShop, openDesk, panel, picture, visit } from "./testing/desk.ts";

const desk = openDesk();
let product: Product;
let database: pg.Client;
beforeAll(async () => {
  product = await asOwner();
  database = new pg.Client({ connectionString: panel().settings["OWNER_DATABASE_URL"] });
  await database.connect();
});
afterAll(() => database.end());
/** One figure of the database, asked with a statement that calls it `n`. */
const figure = async (sql: string, values: readonly unknown[] = []): Promise<number> =>
  Number((await database.query<{ n: string }>(sql, [...values])).rows[0]?.n);

test("asking for the page makes no draft; opening it makes one, and opening it again leads to the same untouched one", async () => {
  const drafts = () => figure("select count(*) as n from campaign_drafts where workspace_id = $1", [shop.workspaceId]);
  const page = await desk.sit({ role: "admin" });
  // none of an earlier test or run is taken up again
  await database.query("update campaign_drafts set name = 'Begun before' where name = '' and launched_campaign_id is null");
  const before = await drafts();
  // by a script, by Next ahead of a click, and with an audience in the address
  for (const [address, headers] of [
    ["campaigns/new", {}],
    ["campaigns/new", { rsc: "1", "next-router-prefetch": "1" }],
    ["campaigns/new?tag=customer", {}],
  ] as const)
    expect((await page.request.get(inShop(address), { headers })).status()).toBe(200);
  expect(await drafts()).toBe(before);
  const first = await begin(page);
  expect(await begin(page)).toBe(first);
  expect(await drafts()).toBe(before + 1);
});

test("looking at a draft changes nothing; the review compares with what this very person saw", async () => {
  const list = await aList(product, 6, 0);
  const mia = await desk.sit();
  const draft = await compose(mia, list.name, 6);
  const draftId = draft.split("/").at(-1);
  const kept = "select (content -> 'seen' ->> 'eligible')::int as n from campaign_drafts where id = $1";
  await expect.poll(() => figure(kept, [draftId])).toBe(6);
  await saved(mia).waitFor();
  const standing = async () => [
    await figure("select version as n from campaign_drafts where id = $1", [draftId]),
    await figure("select count(*) as n from audit_log where resource_id = $1", [draftId]),
  ];
  const before = await standing();

  const adam = await desk.sit({ role: "admin" });
  const writes: string[] = [];
  adam.on("request", (request) => void (["PUT", "POST", "PATCH"].includes(request.method()) && writes.push(request.url())));
  await list.addOneWithout();
  await visit(adam, `${draft}/content`);
  await adam.getByText(/^1 of 6: /).waitFor();
  await adam.getByRole("link", { name: "Next: Audience" }).click();
  await counter(adam).getByText("7", { exact: true }).waitFor();
  await adam.getByRole("link", { name: "Next: Checks" }).click();
  await adam.getByText("It can be sent; look at what is amber first.").waitFor();
  await adam.getByRole("link", { name: "Next: When" }).click();
  await at(adam, "When").waitFor();
  await adam.getByRole("link", { name: "Next: Review" }).click();
  await adam.getByRole("button", { name: "Send to 6 people" }).waitFor();
  expect(await adam.getByText("it has changed").count(), "he has seen seven from the beginning").toBe(0);
  await adam.getByRole("link", { name: "Campaigns" }).first().click();
  await adam.waitForURL(inShop("campaigns"));
  expect(writes.filter((url) => url.includes("/drafts"))).toEqual([]);
  expect(await standing()).toEqual(before);

  await visit(mia, `${draft}/review`);
  await mia.getByText(/^Since you last saw the count \(.*\), it has changed$/).waitFor();
  await mia.getByText("Chosen: 6 → 7").waitFor();
  await expectAccessible(mia);
  await picture(mia, "wizard-review-since");
  await visit(mia, `${draft}/audience`);
  await counter(mia).getByText("7", { exact: true }).waitFor();
  await visit(mia, `${draft}/review`);
  await mia.getByRole("button", { name: "Send to 6 people" }).waitFor();
  expect(await mia.getByText("it has changed").count(), "she has seen it now").toBe(0);
});

test("where sending is left to admins, a member composes it all and is told who presses the button", async () => {
  const list = await aList(product, 2, 0);
  const page = await desk.sit();
  const draft = await compose(page, list.name, 2);
  await database.query("update workspaces set only_admins_send = true where id = $1", [shop.workspaceId]);
  try {
    await visit(page, `${draft}/checks`);
    await page.getByText("Nothing else is in the way: somebody who may send can send it.").waitFor();
    await page.getByText("Your role may not send from this workspace.").waitFor();
    expect(await page.getByRole("link", { name: "Mend it in Content" }).count(), "nothing there would mend it").toBe(0);
    await visit(page, `${draft}/review`);
    await page.getByText("Sending is left to others in this workspace").waitFor();
    const told = page.getByText(/^The draft is saved\. Ask one of them/);
    const mayPress = demoMembers.filter(({ role }) => role === "owner" || role === "admin").map(({ email }) => email);
    for (const email of mayPress) expect(await told.innerText()).toContain(email);
    await page.getByText(/ to 2 people, starting now/).waitFor();
    expect(await page.getByText("It cannot be sent yet").count()).toBe(0);
    expect(await page.getByRole("button", { name: /^Send/ }).count()).toBe(0);
    await expectAccessible(page);
    await picture(page, "wizard-review-no-right");
  } finally {
    await database.query("update workspaces set only_admins_send = false where id = $1", [shop.workspaceId]);
  }
});

test("a time that the clocks skip, or show twice, is told as what it means, on the way and at the end", async () => {
  const page = await desk.sit();
  const list = await aList(product, 1, 0);
  const draft = await compose(page, list.name, 1);
  await page.clock.setFixedTime("2027-03-01T12:00:00Z");
  await visit(page, `${draft}/when`);
  await page.getByRole("radio", { name: "At a time" }).check();
  await page.getByLabel("Time zone").selectOption("America/New_York");
  const choose = async (day: string, time: string): Promise<void> => {
    await page.getByLabel("Day", { exact: true }).fill(day);
    await page.getByLabel("Time", { exact: true }).fill(time);
  };
  await choose("2027-03-14", "02:30");
  const skipped = page.getByText("The clocks in America/New York go forward then and never show 02:30: it starts at 03:30.");
  await skipped.waitFor();
  await expectAccessible(page);
  await picture(page, "wizard-when-skipped");
  await saved(page).waitFor();
  await page.getByRole("link", { name: "Next: Review" }).click();
  await page.getByText(/starting 14 Mar 2027, 03:30 in America\/New York/).waitFor();
  await skipped.waitFor();
  await page.clock.setFixedTime("2027-10-20T12:00:00Z");
  await visit(page, `${draft}/when`);
  await choose("2027-11-07", "01:30");
  const twice = page.getByText("The clocks in America/New York go back then and show 01:30 twice: it starts the first time.");
  await twice.waitFor();
  await saved(page).waitFor();
  await page.getByRole("link", { name: "Next: Review" }).click();
  await twice.waitFor();
});

test("a test goes to whom one finds; the next one offers the same person at once, by name", async () => {
  const list = await aList(product, 2, 0);
  const page = await desk.sit();
  const draft = await compose(page, list.name, 2);
  await visit(page, `${draft}/review`);
  const search = page.getByRole("searchbox", { name: "Find yourself by name or number" });
  await search.fill(`no-${chance()}`);
  await page.getByRole("link", { name: "Import contacts" }).waitFor();
  await search.fill(list.phone);
  await page.getByRole("radio", { name: /^Ana Almeida/ }).check();
  await page.getByRole("button", { name: "Send a test to Ana Almeida" }).click();
  await page.getByText("A test is on its way to Ana Almeida").waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Send a test to Ana Almeida" }).waitFor();
  expect(await page.getByRole("radio", { name: /^Ana Almeida/ }).isChecked()).toBe(true);
  await visit(page, `${draft}/audience`);
  await page.getByRole("button", { name: "Add people" }).click();
  await page.getByRole("searchbox", { name: "Search by name or number" }).fill(list.phone);
  await page.getByRole("checkbox", { name: /^Ana Almeida/ }).check();
  await page.keyboard.press("Escape");
  await saved(page).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Remove Ana Almeida" }).waitFor();
});
