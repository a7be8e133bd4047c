import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

/** A pair of colours as a stylesheet writes it: `light-dark(#day, #night)`. */
interface ThemedColour {
  readonly light: string;
  readonly dark: string;
}

/** The custom properties of a stylesheet that are `light-dark(#…, #…)`, by their name without dashes. */
function themedColours(css: string): ReadonlyMap<string, ThemedColour> {
  const found = css.matchAll(/--(?<name>[\w-]+):\s*light-dark\((?<light>#[\da-f]{6,8}),\s*(?<dark>#[\da-f]{6,8})\)/g);
  return new Map(
    [...found].map(({ groups }) => [groups?.["name"] ?? "", { light: groups?.["light"] ?? "", dark: groups?.["dark"] ?? "" }]),
  );
}

/** WCAG 2.2 contrast of two opaque `#rrggbb` colours, 1 to 21. */
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function luminance(hex: string): number {
  const channel = (start: number): number => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

const colours = themedColours(css);
const GROUNDS = ["ground", "surface", "raised", "sunken", "hover"];
const MEANINGS = ["info", "ok", "warn", "bad", "scheduled", "neutral"];
const pairs = (texts: string[], grounds: string[]): [string, string][] =>
  texts.flatMap((text) => grounds.map((ground) => [text, ground] as [string, string]));

const TEXT_PAIRS: [string, string][] = [
  ...pairs(["text", "text-muted", "text-faint", "accent-text", ...MEANINGS], GROUNDS),
  ...pairs(["text", "text-muted"], ["active", "selected", "accent-soft", ...MEANINGS.map((name) => `${name}-soft`)]),
  ...MEANINGS.map((name): [string, string] => [name, `${name}-soft`]),
  ["accent-text", "accent-soft"],
  ["accent-text", "selected"],
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-bad", "bad-solid"],
  ["ground", "text"],
  ["phone-text", "phone-bubble"],
  ["phone-faint", "phone-bubble"],
  ["phone-link", "phone-bubble"],
  ["phone-faint", "phone-wall"],
];
/** Borders of controls, marks of charts, the focus ring: WCAG 1.4.11 asks 3:1. */
const MARK_PAIRS: [string, string][] = [
  ...pairs(["line-control", "focus"], ["ground", "surface", "raised"]),
  ...pairs(["accent"], ["ground", "surface"]),
];

describe.each(["light", "dark"] as const)("colours of the %s theme", (theme) => {
  const value = (name: string): string => {
    const colour = colours.get(name);
    if (!colour) throw new Error(`tokens.css has no --${name}`);
    return colour[theme];
  };

  it.each(TEXT_PAIRS)("%s is readable on %s (AA, 4.5:1)", (text, ground) => {
    expect(contrast(value(text), value(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(MARK_PAIRS)("%s can be told from %s (3:1)", (mark, ground) => {
    expect(contrast(value(mark), value(ground))).toBeGreaterThanOrEqual(3);
  });
});

describe("motion", () => {
  it("lasts at most 150 ms, and nothing moves for those who asked for less", () => {
    const durations = [...css.matchAll(/--motion[\w-]*:\s*(\d+)ms/g)].map((match) => Number(match[1]));
    expect(Math.max(...durations)).toBeLessThanOrEqual(150);
    expect(css).toMatch(/prefers-reduced-motion: reduce\) \{\s*:root \{\s*--motion: 0ms;/);
  });
});
