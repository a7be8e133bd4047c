import { randomBytes } from "node:crypto";
import { csvColumns, demoMembers, demoPassword, type Product, shop, signIn } from "@herald/demo";
import type { Page } from "playwright-core";
import { inShop, panel, visit } from "./desk.ts";

/** The product as a script of the shop's owner uses it. */
export async function asOwner(): Promise<Product> {
  const owner = demoMembers.find(({ role }) => role === "owner");
  if (!owner) throw new Error("the story has no owner");
  return signIn(panel().webUrl, owner.email, demoPassword);
}

export const chance = (): string => randomBytes(4).toString("hex");
/** A list that nobody else uses: some have no first name, some never agreed to marketing. */
export async function aList(
  product: Product,
  consenting: number,
  others: number,
  nameless = 0,
): Promise<{ readonly name: string; readonly phone: string; readonly addOneWithout: () => Promise<void> }> {
  const name = `Wizard-${chance()}`;
  const block = 3_000_000 + (randomBytes(3).readUIntBE(0, 3) % 6000) * 1000;
  const row = (at: number, consent: string): string => `+1437${block + at},${at < nameless ? "" : "Ana"},Almeida,Toronto,${consent}`;
  const add = async (rows: readonly string[]): Promise<void> => {
    const csv = ["phone,first_name,last_name,city,marketing_consent", ...rows].join("\n");
    await product.importCsv(shop.workspaceId, { fileName: `${name}.csv`, listName: name, ...csvColumns }, csv);
  };
  await add(Array.from({ length: consenting + others }, (_, at) => row(at, at < consenting ? "yes" : "no")));
  return { name, phone: `1437${block}`, addOneWithout: () => add([row(900, "no")]) };
}

export const saved = (page: Page) => page.getByRole("status").getByText(/^Saved /);
export const counter = (page: Page) => page.getByRole("status").filter({ hasText: "will receive it" });
export const at = (page: Page, step: string) => page.getByRole("heading", { level: 1, name: step });

export async function begin(page: Page): Promise<string> {
  await visit(page, inShop("campaigns/new"));
  await page.waitForURL(/\/drafts\/[\da-f-]{36}\/content/);
  await at(page, "Content").waitFor();
  return page.url().replace(/\/content.*$/, "");
}

export async function fillContent(page: Page, name: string): Promise<void> {
  await page.getByLabel("Campaign name").fill(name);
  await page.getByRole("button", { name: /^spring_sale/ }).click();
  await page.getByLabel("{{1}}").selectOption({ label: "Contact › First name" });
  await page.getByLabel("Else they read").fill("there");
  await page.getByLabel("{{2}}").selectOption({ label: "The same text for everyone" });
  await page.getByLabel("Text", { exact: true }).fill("Lisbon");
}

export async function chooseList(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Add lists" }).click();
  await page.getByRole("searchbox", { name: "Search lists" }).fill(name);
  await page.getByRole("checkbox", { name }).check();
  await page.keyboard.press("Escape");
}

/** A whole draft that starts now, for the people of a list. */
export async function compose(page: Page, list: string, people: number): Promise<string> {
  const draft = await begin(page);
  await fillContent(page, `Composed-${chance()}`);
  await saved(page).waitFor();
  await visit(page, `${draft}/audience`);
  await chooseList(page, list);
  await counter(page).getByText(String(people), { exact: true }).first().waitFor();
  await saved(page).waitFor();
  await visit(page, `${draft}/when`);
  await page.getByRole("radio", { name: "Now" }).check();
  await saved(page).waitFor();
  return draft;
}
