import { expect, test } from "vitest";
import { maxImportBatch } from "../ports.ts";
import { PeopleInMemory } from "../testing/people-in-memory.ts";
import { importContacts } from "./import-contacts.ts";
import { readImport, readRefusedRows } from "./read-import.ts";
import { reasonColumn, refusedHeaderText, refusedRowsText } from "./refused-csv.ts";

async function* parts(text: string): AsyncGenerator<string> {
  yield text;
}
const importing = async (text: string, store = new PeopleInMemory()) => {
  const done = await importContacts(store.ctx(), { fileName: "people.csv", content: parts(text) });
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return { store, summary: done.value };
};

/** The whole file of refused rows, as the door writes it. */
async function refusedFile(store: PeopleInMemory, importBatchId: Parameters<typeof readImport>[1]["importBatchId"]): Promise<string> {
  const page = await readRefusedRows(store.ctx(), { importBatchId, afterRowNo: 0 });
  if (!page.ok) throw new Error(page.error.type);
  return refusedHeaderText(page.value.batch) + refusedRowsText(page.value.batch, page.value.rows);
}

test("refused rows come back in the form of their file, with the reason in front", async () => {
  const { store, summary } = await importing(
    'Phone;Name;Note\n0501234567;Ana;\n12;"Bo; the ""second""";=1+1\n+1 416 555 0101 ext 7;Cy;-\n0501234568;Di;a;b\n',
  );
  expect(await refusedFile(store, summary.importBatchId)).toBe(
    `\uFEFF${reasonColumn};Phone;Name;Note\r\n` +
      `“12” is not a phone number.;12;"Bo; the ""second""";'=1+1\r\n` +
      `“+1 416 555 0101 ext 7” has an extension, which WhatsApp cannot reach.;'+1 416 555 0101 ext 7;Cy;'-\r\n` +
      `The row has 4 cells, the header has 3: a cell with a separator in it must be quoted.;'0501234568;Di;a;b\r\n`,
  );
});

test("once its rows are mended the file can be imported again: the reason is left out, guarded cells are what they were", async () => {
  const { store, summary } = await importing("Phone,City,Code\n+1 416 555 0101 ext 7,=Lima,0042\n0501234567,Rome,1\n");
  const mended = (await refusedFile(store, summary.importBatchId)).replaceAll(" ext 7", "");
  const again = await importing(mended, store);
  expect(again.summary).toMatchObject({ rowsRead: 1, added: 1, refused: 0, mapping: { fields: { city: "City", code: "Code" } } });
  expect(store.people.get("+14165550101")?.fields).toEqual({ city: "=Lima", code: "0042" });
});

test("a row that is refused again carries its newest reason only", async () => {
  const { store, summary } = await importing("Phone,City\n12,Rome\n");
  const again = await importing((await refusedFile(store, summary.importBatchId)).replace(",12,", ",,"), new PeopleInMemory());
  expect(await refusedFile(again.store, again.summary.importBatchId)).toBe(
    `\uFEFF${reasonColumn},Phone,City\r\nThe row has no phone number.,,Rome\r\n`,
  );
});

test("refused rows are read in pages, in the order of the file, by whoever may import", async () => {
  const { store, summary } = await importing(`phone\n${Array.from({ length: maxImportBatch + 1 }, () => "12\n").join("")}`);
  const { importBatchId } = summary;
  const page = await readRefusedRows(store.ctx(), { importBatchId, afterRowNo: maxImportBatch });
  expect(page).toMatchObject({ ok: true, value: { rows: [{ rowNo: maxImportBatch + 1 }] } });
  const refused = await readRefusedRows(store.ctx({ isAllowed: false }), { importBatchId, afterRowNo: 0 });
  expect(refused).toEqual({ ok: false, error: { type: "not_allowed", action: "contacts.import" } });
  expect(await readImport(new PeopleInMemory().ctx(), { importBatchId })).toEqual({
    ok: false,
    error: { type: "not_found", resource: "import" },
  });
});
