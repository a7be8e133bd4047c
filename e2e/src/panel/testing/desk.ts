import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { demoMembers, demoPassword, shop } from "@herald/demo";
import { type Browser, type BrowserContext, chromium, type Page, type Response } from "playwright-core";
import { afterAll, beforeAll, expect, inject } from "vitest";
import type { Panel } from "./open-panel.ts";

export type Role = "owner" | "admin" | "member" | "viewer";
export type Seat = {
  readonly role?: Role;
  readonly theme?: "light" | "dark";
  readonly isPhone?: boolean;
};
export type Desk = {
  /** A window of its own, signed in through the form as one of the demo's people, at the shop's campaigns. */
  readonly sit: (seat?: Seat) => Promise<Page>;
  /** A window of a stranger. */
  readonly outside: (seat?: Omit<Seat, "role">) => Promise<Page>;
};

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

export const panel = (): Panel => inject("panel");
/** An address of the shop's workspace in the panel. */
export const inShop = (path: string, { webUrl }: Pick<Panel, "webUrl"> = panel()): string =>
  `${webUrl}/panel/w/${shop.workspaceId}/${path}`;

/** One Chromium for the tests of a file; every window is a context of its own, so nobody sees another's session. */
export function openDesk(panelOf: () => Pick<Panel, "webUrl" | "chromium"> = panel): Desk {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: panelOf().chromium, args: flags });
  });
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser.close();
  });
  const outside: Desk["outside"] = async ({ theme = "light", isPhone = false } = {}) => {
    const context = await browser.newContext({
      viewport: isPhone ? sizes.phone : sizes.desktop,
      locale: "en-US",
      timezoneId: "Europe/Berlin",
      reducedMotion: "reduce",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    contexts.push(context);
    await context.addCookies([
      { name: "herald-theme", value: theme, url: panelOf().webUrl },
      { name: "herald-zone", value: "Europe%2FBerlin", url: panelOf().webUrl },
    ]);
    return context.newPage();
  };
  return {
    outside,
    async sit({ role = "member", ...seat } = {}) {
      const page = await outside(seat);
      const member = demoMembers.find((one) => one.role === role);
      if (!member) throw new Error(`the story has no ${role}`);
      await visit(page, `${panelOf().webUrl}/sign-in`);
      await page.getByLabel("E-mail").fill(member.email);
      await page.getByLabel("Password").fill(demoPassword);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL(/\/panel\/w\/[^/]+\/campaigns/);
      return page;
    },
  };
}

/** Goes to an address, until all that the server streams is in its place: before that a text may be there twice, the second time hidden. */
export async function visit(page: Page, url: string): Promise<Response | null> {
  const response = await page.goto(url);
  await page.waitForFunction(() => document.querySelector('[hidden][id^="S:"]') === null);
  return response;
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
type AxeAnswer = { readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[] };

/** No violation that axe knows of (WCAG 2.2 A and AA, and its best practices) on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  // Next streams the title of a page that is still being looked up
  await page.waitForFunction(() => document.title !== "");
  // the content security policy forbids a script tag; the debugger is not held to it
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run: () => Promise<AxeAnswer> } }).axe.run());
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)).toEqual([]);
}

/** Moves the focus by Tab until it is on what has this name, as somebody without a mouse does. */
export async function tabTo(page: Page, name: string | RegExp, most = 80): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const labels = element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? [...(element.labels ?? [])] : [];
      return (
        element?.getAttribute("aria-label") ??
        (labels.map((label) => label.innerText).join(" ") || (element as HTMLElement | null)?.innerText || "")
      );
    });
    if (typeof name === "string" ? focused.trim() === name : name.test(focused)) return;
  }
  throw new Error(`${String(name)} was not reached within ${most} presses of Tab`);
}

/** Pictures for a person to look at, where `HERALD_TEST_PICTURES` names a folder; nothing otherwise. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env["HERALD_TEST_PICTURES"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}
