import { expect, test } from "vitest";
import { PeopleInMemory } from "../testing/people-in-memory.ts";
import { reasonColumn } from "./refused-csv.ts";
import { type TryImport, triedRows, tryImport } from "./try-import.ts";

async function* parts(text: string): AsyncGenerator<string> {
  yield text;
}
const tried = (text: string, more: Partial<TryImport> = {}, store = new PeopleInMemory()) =>
  tryImport(store.ctx(), { content: parts(text), isCut: false, ...more });

test("the first rows are told as they are, as they would become, and why one would be refused; nothing is written", async () => {
  const store = new PeopleInMemory();
  const result = await tried("Phone,Name,City\n0501234567,Ana,Dubai\n+4930123456,Bo,\n12,Cy,Rome\n", {}, store);
  expect(result).toMatchObject({
    ok: true,
    value: {
      columns: [{ header: "Phone" }, { header: "Name" }, { header: "City", fieldKey: "city" }],
      mapping: { phone: "Phone", name: "Name", fields: { city: "City" } },
      defaultCountry: "AE",
      rows: [
        {
          rowNo: 1,
          cells: ["0501234567", "Ana", "Dubai"],
          person: { phone: "+971 50 123 4567", country: "AE", displayName: "Ana" },
          refusal: null,
        },
        { rowNo: 2, person: { phone: "+49 30 123456", country: "DE", fields: {} } },
        { rowNo: 3, person: null, refusal: { reason: "not_a_phone_number", sentence: "“12” is not a phone number." } },
      ],
    },
  });
  expect([store.batch, store.lists, store.people.size]).toEqual([null, [], 0]);
});

test("while no column is known to hold phone numbers the rows are shown, and become nothing", async () => {
  expect(await tried("Who,City\nAna,Dubai\n")).toMatchObject({
    ok: true,
    value: { mapping: null, rows: [{ cells: ["Ana", "Dubai"], person: null, refusal: null }] },
  });
});

test("a number that its country does not give out is taken, and said to be unusual", async () => {
  const rows = (defaultCountry: string) => tried("phone\n0501234567\n", { defaultCountry });
  expect(await rows("CA")).toMatchObject({ ok: true, value: { rows: [{ person: { phone: "+1 0501234567", isUnusual: true } }] } });
  expect(await rows("AE")).toMatchObject({ ok: true, value: { rows: [{ person: { isUnusual: false } }] } });
});

test("no more rows are read than are shown, whatever follows them", async () => {
  const rows = Array.from({ length: triedRows + 5 }, (_, at) => `05012345${at + 10}\n`).join("");
  async function* endless(): AsyncGenerator<string> {
    yield `phone\n${rows}`;
    throw new Error("nobody needs more");
  }
  expect(await tryImport(new PeopleInMemory().ctx(), { content: endless(), isCut: true })).toMatchObject({
    ok: true,
    value: { rows: { length: triedRows } },
  });
});

test("a beginning that was cut inside a quoted cell shows the rows before it; a whole file with that fault is broken", async () => {
  const text = 'phone,note\n0501234567,a\n0501234568,"first line\n';
  expect(await tried(text, { isCut: true })).toMatchObject({ ok: true, value: { rows: [{ rowNo: 1 }] } });
  expect(await tried(text)).toMatchObject({ ok: false, error: { type: "malformed_csv", lineNo: 3 } });
  expect(await tried('phone,note\n0501234567,"a"b\n', { isCut: true })).toMatchObject({
    ok: false,
    error: { type: "malformed_csv", lineNo: 2 },
  });
});

test("the column of reasons of an earlier round is known as such", async () => {
  expect(await tried(`${reasonColumn},phone\nwhy,0501234567\n`)).toMatchObject({
    ok: true,
    value: { columns: [{ isReason: true }, { isReason: false }], mapping: { phone: "phone", fields: {} } },
  });
});

test.each([
  ["data in place of a header", "0501234567,Ana\n0501234568,Bo\n", "malformed_csv"],
  ["an empty file", "", "malformed_csv"],
  ["a mapping that names no column", "phone\n0501234567\n", "invalid_input"],
])("what cannot be imported cannot be tried: %s", async (_name, text, type) => {
  const mapping = type === "invalid_input" ? { mapping: { phone: "Mobile", fields: {} } } : {};
  expect(await tried(text, mapping)).toMatchObject({ ok: false, error: { type } });
});

test("whoever may not import may not try", async () => {
  const result = await tryImport(new PeopleInMemory().ctx({ isAllowed: false }), { content: parts("phone\n1\n"), isCut: false });
  expect(result).toEqual({ ok: false, error: { type: "not_allowed", action: "contacts.import" } });
});
