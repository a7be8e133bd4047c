import { readFileSync } from "node:fs";
import type { Simulation } from "../simulation.ts";
import { phoneViews } from "./phone-view.ts";

export type PageAnswer = { readonly status: number; readonly contentType: string; readonly body: string };

const files = {
  "/_phones": ["index.html", "text/html; charset=utf-8"],
  "/_phones/phones.css": ["phones.css", "text/css; charset=utf-8"],
  "/_phones/phones.js": ["phones.js", "text/javascript; charset=utf-8"],
} as const;
const isFile = (path: string): path is keyof typeof files => path in files;

export const isPhonesPath = (path: string): boolean => path === "/_phones" || path.startsWith("/_phones/");

/** A page of phones for people, and the messages it asks for each second. */
export function answerPhones(simulation: Simulation, method: string, path: string): PageAnswer {
  if (method !== "GET") return { status: 404, contentType: "text/plain", body: `phones are only looked at: GET ${path}` };
  if (path === "/_phones/messages")
    return { status: 200, contentType: "application/json; charset=utf-8", body: JSON.stringify({ messages: phoneViews(simulation) }) };
  if (!isFile(path)) return { status: 404, contentType: "text/plain", body: `no such page: ${path}` };
  const [name, contentType] = files[path];
  return { status: 200, contentType, body: readFileSync(new URL(`page/${name}`, import.meta.url), "utf8") };
}
