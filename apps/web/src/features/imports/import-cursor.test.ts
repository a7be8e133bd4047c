import { expect, test } from "vitest";
import { cursorText, readCursor } from "./import-cursor.ts";

const importId = "00000000-0000-4000-8000-000000000001";

test.each(["2026-11-21T10:00:00.123456+00:00", "2026-11-21T10:00:00+00:00", "2026-11-21T10:00:00.1Z"])(
  "what a page ends with at %s is read as it was written",
  (createdAt) => {
    expect(readCursor(cursorText({ createdAt, importId }))).toEqual({ at: createdAt, id: importId });
  },
);

test.each([
  "1",
  "2026",
  "2026-11-21T10:00:00Z",
  `2026-02-31T10:00:00Z_${importId}`,
  `0000-01-01T10:00:00Z_${importId}`,
  `2026-11-21T10:00:00Z_1`,
  `2026-11-21T10:00:00Z_${importId}_1`,
  `2026-11-21T10:00:00Z",workspace_id.neq._${importId}`,
  ["1"],
  undefined,
])("%j is no place of the list: the newest are shown", (text) => {
  expect(readCursor(text)).toBeNull();
});
