import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Handler } from "../src/doors/door.ts";

const appFolder = join(import.meta.dirname, "../src/app");
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export type Route = { readonly path: string; readonly method: string; readonly handler: Handler };

/** Every handler of every route.ts below src/app, found on disk: none can be forgotten. */
export async function allRoutes(): Promise<readonly Route[]> {
  const files = readdirSync(appFolder, { recursive: true, encoding: "utf8" }).filter((file) => /(?:^|\/)route\.tsx?$/.test(file));
  const routes = await Promise.all(files.map((file) => handlersOf(join(appFolder, file))));
  return routes.flat();
}

async function handlersOf(file: string): Promise<Route[]> {
  const handlers = (await import(file)) as Partial<Record<(typeof methods)[number], Handler>>;
  const path = `/${relative(appFolder, dirname(file))}`;
  return methods.flatMap((method) => (handlers[method] ? [{ path, method, handler: handlers[method] }] : []));
}
