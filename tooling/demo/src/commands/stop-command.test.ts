import { expect, test } from "vitest";
import { stopCommand } from "./stop-command.ts";

test("the command that ends a start names its state folder, where it is not the usual one", () => {
  expect(stopCommand(null)).toBe("npx -y pnpm@12.21.0 stop");
  expect(stopCommand("/tmp/my herald's")).toBe("HERALD_STATE_DIR='/tmp/my herald'\\''s' npx -y pnpm@12.21.0 stop");
});
