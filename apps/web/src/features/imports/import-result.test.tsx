import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { ImportResult, type ImportResultProps } from "./import-result.tsx";

// there is no request to read the reader's zone from
vi.mock("next/headers", () => ({ cookies: async () => ({ get: () => undefined }) }));

const props: ImportResultProps = {
  page: {
    fileName: "people.csv",
    createdBy: null,
    createdAt: "2026-11-21T12:00:00Z",
    headers: ["Phone", "Name"],
    mapping: { phone: "Phone", name: "Name" },
    defaultCountry: "US",
    listWas: null,
    list: null,
    rowsRead: 3,
    added: 1,
    updated: 0,
    refused: 2,
    refusals: [{ reason: "not_a_phone_number", count: 2 }],
    optedOut: 0,
    consentsGranted: 0,
    consentsWithdrawn: 0,
  },
  firstRefused: [],
  refusedHref: null,
};
const shown = async (more: Partial<ImportResultProps> = {}) => renderToStaticMarkup(await ImportResult({ ...props, ...more }));

test("a viewer sees the counts and the reasons, and why the rows themselves are not shown, and who can change that", async () => {
  const page = await shown();
  for (const words of ["Not a phone number", "2 rows", "not shown to viewers", "an owner or admin can change your role"])
    expect(page).toContain(words);
  expect(page).not.toContain("Download");
});

test("whoever may import sees the first rows and takes the rest as a file", async () => {
  const page = await shown({ firstRefused: [{ rowNo: 2, reason: "It is no number.", cells: ["12", "Ana"] }], refusedHref: "/refused.csv" });
  for (const words of ["It is no number.", "Ana", "Download 2 refused rows", 'href="/refused.csv"']) expect(page).toContain(words);
  expect(page).not.toContain("not shown to viewers");
});
