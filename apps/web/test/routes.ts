import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Handler } from "../src/doors/door.ts";
import type { Refuser } from "../src/doors/other-methods.ts";

const appFolder = join(import.meta.dirname, "../src/app");
export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export type Route = { readonly path: string; readonly method: string; readonly handler: Handler };

export type Address = {
  readonly path: string;
  readonly handlers: Partial<Record<(typeof methods)[number], Handler | Refuser>> & {
    readonly HEAD?: Refuser;
    readonly OPTIONS?: () => Response;
  };
};

/** Every route.ts below src/app with what it exports, found on disk: none can be forgotten. */
export function allAddresses(): Promise<readonly Address[]> {
  const files = readdirSync(appFolder, { recursive: true, encoding: "utf8" }).filter((file) => /(?:^|\/)route\.tsx?$/.test(file));
  return Promise.all(
    files.map(async (file) => ({
      path: `/${dirname(file)}`,
      handlers: (await import(join(appFolder, file))) as Address["handlers"],
    })),
  );
}

/** Every door of every address. What only refuses a method is none. */
export async function allRoutes(): Promise<readonly Route[]> {
  return (await allAddresses()).flatMap(({ path, handlers }) =>
    methods.flatMap((method) => {
      const handler = handlers[method];
      return handler && !("allowed" in handler) ? [{ path, method, handler }] : [];
    }),
  );
}
