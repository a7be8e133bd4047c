import { randomBytes, randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectAccessible, inShop, openDesk, picture, tabTo, visit } from "./testing/desk.ts";

const desk = openDesk();
const themes = ["light", "dark"] as const;
const unique = (): string => randomBytes(4).toString("hex");
/** Of a Canadian number all but its last four digits; another one at each run. */
const block = (): string => `+1${["204", "250", "306", "403", "418"][randomInt(5)]}${randomInt(200, 1000)}`;
const fileOf = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

const withErrors = (start: string): string =>
  [
    "Mobile;First name;City;Tags;Opt-in",
    `${start}0001;Ana;Lisbon;browser;yes`,
    `${start}0002;Bo;Berlin;browser;no`,
    "12;Short;Rome;;",
    "9.71501E+11;Rounded;;;",
    `${start}0003;Cy;=1+1;browser;maybe`,
  ].join("\r\n");
const many = (rows: number): string =>
  `phone,name\n${Array.from({ length: rows }, (_, at) => `+1647${5_000_000 + at},Somebody ${at}\n`).join("")}`;

async function chooseFile(page: Page, file: ReturnType<typeof fileOf>): Promise<void> {
  await visit(page, inShop("contacts/import"));
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("table").waitFor();
}

test.each(themes)("a file with mistakes is imported: mapped, counted, explained, and given back to be mended (%s)", async (theme) => {
  const page = await desk.sit({ theme });
  const name = `mistakes-${unique()}`;
  const start = block();
  await visit(page, inShop("contacts/imports"));
  await page.getByRole("heading", { name: "Imports", exact: true }).waitFor();
  await expectAccessible(page);
  // a list without imports offers it twice
  await page.getByRole("main").getByRole("link", { name: "Import contacts" }).first().click();
  await page.locator("input[type=file]").setInputFiles(fileOf(`${name}.csv`, withErrors(start)));
  await page.getByRole("table").waitFor();
  await page.getByText("3 of the rows shown would be refused").waitFor();
  await page.getByLabel("What “City” becomes").selectOption({ label: "Leave out" });
  await page.getByLabel("Field key of “First name”").fill("First Name");
  await page.getByText("Small letters, digits and _, a letter first.").waitFor();
  expect(await page.getByRole("button", { name: /^Import mistakes/ }).isDisabled()).toBe(true);
  await page.getByLabel("Field key of “First name”").fill("first_name");
  await page.getByLabel("Name of the list").fill(`List ${name}`);
  await expectAccessible(page);
  await picture(page, `import-form-${theme}`);

  await page.getByRole("button", { name: /^Import mistakes/ }).click();
  await page.waitForURL(/contacts\/imports\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { name: `${name}.csv` }).waitFor();
  for (const words of ["Not a phone number", "Rounded by a spreadsheet", "left out", `List ${name}, made by this import`, "1 withdrawn"])
    expect(await page.getByText(words).first().isVisible(), words).toBe(true);
  await expectAccessible(page);
  await picture(page, `import-result-${theme}`);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download 3 refused rows" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${name} - not imported.csv`);
  const text = await readFile(await download.path(), "utf8");
  expect(text.split("\r\n").slice(0, 3)).toEqual([
    "\uFEFFHerald: why not imported;Mobile;First name;City;Tags;Opt-in",
    "“12” is not a phone number.;12;Short;Rome;;",
    expect.stringContaining("9.71501E+11;Rounded"),
  ]);
  const mended = text.replace(";12;", `;${start}0004;`).replace(";9.71501E+11;", `;${start}0005;`).replace(";maybe", ";yes");
  await chooseFile(page, fileOf(`${name}-mended.csv`, mended));
  expect(await page.getByLabel("What “Herald: why not imported” becomes").isDisabled()).toBe(true);
  await page.getByLabel("Name of the list").fill(`List ${name}`);
  await page.getByText("A list of this name exists").waitFor();
  await page.getByRole("button", { name: /^Import mistakes/ }).click();
  await page.getByText("which existed: people were added to it").waitFor();
  expect(await page.getByText("every row was taken").isVisible()).toBe(true);
});

test("an import is watched and cancelled: nothing is written, the page says so, the list keeps that it was; what was chosen stays", async () => {
  const page = await desk.sit();
  const name = `cancel-${unique()}.csv`;
  await chooseFile(page, fileOf(name, many(80_000)));
  await page.getByLabel("Name of the list").fill("Never written");
  await page.getByRole("button", { name: /^Import cancel/ }).click();
  await page.getByText(/[1-9][\d,]* of about [78]\d,000 rows/).waitFor();
  await page.getByText(/rows\/s/).waitFor();
  await expectAccessible(page);
  await picture(page, "import-progress");

  const [dialog] = await Promise.all([page.waitForEvent("dialog"), page.close({ runBeforeUnload: true })]);
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();

  await page.getByRole("button", { name: "Cancel this import" }).click();
  await page.getByText("Cancelled: nothing was written").waitFor();
  await expectAccessible(page);
  await picture(page, "import-cancelled");
  expect(await page.getByLabel("Name of the list").inputValue()).toBe("Never written");
  await visit(page, inShop("contacts/imports"));
  const row = page.getByRole("row").filter({ hasText: name });
  await row.waitFor();
  expect(await row.innerText()).toContain("cancelled");
  await chooseFile(page, fileOf(name, "phone\n1\n"));
  await page.getByLabel("Name of the list").fill("Never written");
  expect(await page.getByText("A list of this name exists").count()).toBe(0);
});

test("an import goes on while its tab shows another screen of the panel, and says when it is through", async () => {
  const page = await desk.sit();
  const name = `elsewhere-${unique()}.csv`;
  await chooseFile(page, fileOf(name, many(15_000)));
  await page.getByRole("button", { name: /^Import elsewhere/ }).click();
  await page.getByText(/of about 1\d,000 rows/).waitFor();
  await page.getByRole("navigation").getByRole("link", { name: "Imports" }).first().click();
  await page.getByRole("progressbar").waitFor();
  await page.getByText(`“${name}” is imported`).first().waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Show the result" }).click();
  await page.waitForURL(/contacts\/imports\/[0-9a-f-]{36}$/);
  expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(name);
});

test("by keyboard alone a file is chosen, imported, and its refused rows are downloaded", async () => {
  const page = await desk.sit();
  await visit(page, inShop("contacts/import"));
  await page.getByText("Drop a CSV file here").waitFor();
  const isFileInput = async () => (await page.locator("input[type=file]:focus").count()) === 1;
  for (let presses = 0; presses < 40 && !(await isFileInput()); presses += 1) await page.keyboard.press("Tab");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Space")]);
  const name = `keys-${unique()}`;
  await chooser.setFiles(fileOf(`${name}.csv`, withErrors(block())));
  await page.getByRole("table").waitFor();
  await tabTo(page, "What “City” becomes");
  await page.keyboard.type("Leave");
  await tabTo(page, /^Import keys-/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/contacts\/imports\/[0-9a-f-]{36}$/);
  await page.getByText("left out", { exact: true }).waitFor();
  await tabTo(page, "Download 3 refused rows");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(download.suggestedFilename()).toContain(name);
});

test("what cannot be imported is said before anything is sent, and a viewer learns who can", async () => {
  const page = await desk.sit({ isPhone: true });
  await visit(page, inShop("contacts/import"));
  const input = page.locator("input[type=file]");
  await input.setInputFiles(fileOf("book.csv", "PK\u0003\u0004not a text"));
  await page.getByText("The file is an Excel workbook, not CSV.").waitFor();
  await input.setInputFiles(fileOf("names.csv", "Who,City\nAna,Rome\n"));
  await page.getByText("Choose the column with the phone numbers").waitFor();
  await page.getByLabel("What “Who” becomes").selectOption({ label: "Phone number" });
  await page.getByText("“Ana” is not a phone number.").first().waitFor();
  await expectAccessible(page);
  await picture(page, "import-phone");

  const viewer = await desk.sit({ role: "viewer" });
  await visit(viewer, inShop("contacts/import"));
  await viewer.getByText("Your role does not import contacts").waitFor();
  await expectAccessible(viewer);
  await visit(viewer, inShop("contacts/imports"));
  await viewer.getByRole("heading", { name: "Imports", exact: true }).waitFor();
  expect(await viewer.getByRole("main").getByRole("link", { name: "Import contacts" }).count()).toBe(0);
});
