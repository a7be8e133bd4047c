import { expect, test } from "vitest";
import { PeopleInMemory } from "../testing/people-in-memory.ts";
import { type ImportContacts, ImportContactsInput, importContacts } from "./import-contacts.ts";

const encoder = new TextEncoder();

/** A file in parts of one byte, the worst cut there is, unless told otherwise. */
async function* inParts(bytes: Uint8Array, partBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += partBytes) yield bytes.slice(start, start + partBytes);
}
const csv = (text: string | Uint8Array, options: Partial<ImportContacts> = {}, partBytes = 1): ImportContacts => ({
  ...ImportContactsInput.parse({ fileName: "people.csv" }),
  ...options,
  content: inParts(typeof text === "string" ? encoder.encode(text) : text, partBytes),
});
const imported = async (text: string | Uint8Array, options: Partial<ImportContacts> = {}) => {
  const store = new PeopleInMemory();
  const result = await importContacts(store.ctx(), csv(text, options));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return { store, summary: result.value, values: [...store.people.keys()] };
};
const refused = async (text: string | Uint8Array, options: Partial<ImportContacts> = {}) => {
  const result = await importContacts(new PeopleInMemory().ctx(), csv(text, options));
  if (result.ok) throw new Error("the file was taken");
  return result.error;
};

test("a file as spreadsheets write it: byte order mark, semicolons, CRLF, quotes, line breaks in cells", async () => {
  const { store, summary } = await imported(
    '\uFEFFPhone;First name;Last name;Tags;Opt-in;City\r\n0501234567;Ana;"Souza; Lima";vip|new;yes;"Sharjah\r\nAl Khan"\r\n\r\n+5511987654321;João;"o ""Jota""";;;\r\n;;;;;\r\n',
    { listName: "VIPs" },
  );
  expect(summary).toMatchObject({
    rowsRead: 2,
    added: 2,
    updated: 0,
    refused: 0,
    consentsGranted: 1,
    consentsWithdrawn: 0,
    listWas: "new",
  });
  expect(store.lists).toEqual(["VIPs"]);
  expect([...store.people.values()]).toEqual([
    {
      rowNo: 1,
      address: { channel: "whatsapp", kind: "phone", value: "+971501234567" },
      country: "AE",
      displayName: "Ana Souza; Lima",
      fields: { first_name: "Ana", last_name: "Souza; Lima", city: "Sharjah\nAl Khan" },
      tags: ["vip", "new"],
      consent: "granted",
    },
    expect.objectContaining({ rowNo: 2, country: "BR", displayName: 'João o "Jota"', consent: null, tags: [] }),
  ]);
});

test.each([
  ["comma", "phone,name\n+971501234567,Ana\n"],
  ["semicolon", "phone;name\n+971501234567;Ana\n"],
  ["tab", "phone\tname\n+971501234567\tAna"],
  ["one column", "phone\n+971501234567"],
  ["a comma inside a quoted header", '"phone";"name, full"\n+971501234567;Ana\n'],
])("the separator is found from the header: %s", async (_name, text) => {
  expect((await imported(text)).values).toEqual(["+971501234567"]);
});

test.each([
  ["0501234567", "+971501234567"],
  ["00971501234567", "+971501234567"],
  ["971501234567", "+971501234567"],
  ["'+971 50 123-4567", "+971501234567"],
  ["٠٥٠١٢٣٤٥٦٧", "+971501234567"],
  ["+1 (212) 555-0123", "+12125550123"],
])("the number %s becomes %s in the United Arab Emirates", async (written, e164) => {
  expect((await imported(`phone\n${written}\n`)).values).toEqual([e164]);
});

test("the import's own default country goes before the workspace's", async () => {
  expect((await imported("phone\n11987654321\n", { defaultCountry: "BR" })).values).toEqual(["+5511987654321"]);
});

test("each row that cannot be taken is kept as it came, with its reason, and the import goes on", async () => {
  const { store, summary } = await imported(
    "phone,name,tags,consent\n" +
      [
        ",Nobody,,",
        "12,Short,,",
        "9.71501E+11,Rounded,,",
        "0501234567 ext 5,Desk,,",
        "0501234567,Ana,,yes",
        "+971501234567,Ana again,,",
        "0501234568,Ana,a,b,c",
        "0501234569,Unsure,,maybe",
        `0501234570,Tagged,${"t".repeat(61)},`,
        "0501234571,N\u0000,,",
        "0501234572,Bo,,no",
      ].join("\n"),
  );
  expect(summary).toMatchObject({ rowsRead: 11, added: 2, updated: 0, refused: 9 });
  expect(store.refusals.map(({ rowNo, reason }) => `${rowNo}: ${reason}`)).toEqual([
    "1: The row has no phone number.",
    "2: “12” is not a phone number.",
    "3: “9.71501E+11” was rounded by a spreadsheet; format the column as text and export again.",
    "4: “0501234567 ext 5” has an extension, which WhatsApp cannot reach.",
    "6: The number stands in row 5 already.",
    "7: The row has 5 cells, the header has 4: a cell with a separator in it must be quoted.",
    "8: The consent “maybe” is neither yes nor no.",
    "9: The tag “tttttttttttttttttttt…” is longer than 60 characters.",
    "10: The row holds a NUL character.",
  ]);
  expect(store.refusals[1]?.cells).toEqual(["12", "Short", "", ""]);
  expect(store.refusals.at(-1)?.cells.join()).not.toContain("\u0000");
  expect(summary.refusals.reduce((sum, { count }) => sum + count, 0)).toBe(9);
  expect(store.people.get("+971501234572")?.consent).toBe("withdrawn");
  expect(store.result).toMatchObject({ rowsRead: 11, added: 2, updated: 0, refused: 9 });
});

test("a cell that is no number at all refuses its row and no more; the answer names the row without what stood in it", async () => {
  const { summary, store } = await imported(`phone\n#N/A\n+971501234567\n${"junk\n".repeat(25)}`);
  expect(summary).toMatchObject({ rowsRead: 27, added: 1, refused: 26, refusals: [{ reason: "not_a_phone_number", count: 26 }] });
  expect(summary.firstRefused.slice(0, 2)).toEqual([
    { rowNo: 1, reason: "not_a_phone_number" },
    { rowNo: 3, reason: "not_a_phone_number" },
  ]);
  expect(summary.firstRefused).toHaveLength(20);
  expect(store.refusals).toHaveLength(26);
});

const others = (from: number, count: number): string => Array.from({ length: count }, (_, at) => `+97150${from + at},Other,yes\n`).join("");
test.each([
  ["in the next row", ""],
  ["after the first was written", others(2_000_000, 1500)],
])("a withdrawal in a repeated row wins over the yes before it, and nothing else is taken from that row: %s", async (_name, between) => {
  const { summary, store } = await imported(`phone,name,consent\n0501234567,Ana,yes\n${between}+971501234567,Bo,no\n0501234567,Cy,yes\n`);
  const rows = between.split("\n").length - 1;
  expect(store.refusals.map(({ reason }) => reason)).toEqual([
    "The number stands in row 1 already; of this row only the withdrawal of consent was taken.",
    "The number stands in row 1 already.",
  ]);
  expect(store.people.get("+971501234567")).toMatchObject({ displayName: "Ana", consent: "withdrawn", rowNo: rows + 2 });
  expect(summary).toMatchObject({
    rowsRead: rows + 3,
    added: rows + 1,
    updated: 0,
    refused: 2,
    refusals: [{ reason: "repeated", count: 2 }],
  });
});

test("more withdrawals in repeated rows than one call takes, half of them for people who wait to be written", async () => {
  const rows = (consent: string): string => others(3_000_000, 1500).replaceAll("yes", consent);
  const { summary, store } = await imported(`phone,name,consent\n${rows("yes")}${rows("no")}`);
  expect(summary).toMatchObject({ rowsRead: 3000, added: 1500, updated: 0, refused: 1500 });
  expect([...store.people.values()].every(({ consent }) => consent === "withdrawn")).toBe(true);
  expect(store.largestCall).toBe(1000);
});

test("a number without a country code is refused when nobody said which country", async () => {
  const store = new PeopleInMemory();
  const result = await importContacts(store.ctx({ defaultCountry: null }), csv("phone\n0501234567\n+971501234568\n"));
  expect(result).toMatchObject({ ok: true, value: { added: 1, refused: 1, refusals: [{ reason: "no_country", count: 1 }] } });
});

test("people of the workspace are updated, and someone who opted out gains no consent by a file", async () => {
  const store = new PeopleInMemory();
  await importContacts(store.ctx(), csv("phone,city\n0501234567,Dubai\n0501234568,Dubai\n"));
  store.optedOut.add("+971501234568");
  const again = await importContacts(
    store.ctx(),
    csv("phone,city,consent\n0501234567,Sharjah,yes\n0501234568,Ajman,yes\n0501234569,Ajman,\n"),
  );
  expect(again).toMatchObject({ ok: true, value: { added: 1, updated: 2, optedOut: 1, consentsGranted: 1, consentsWithdrawn: 0 } });
});

test("the mapping of the caller decides, and other columns are left out", async () => {
  const mapping = { phone: "Second phone", name: "Who", fields: { plan: "Tier" } };
  const { store } = await imported("Phone,Second phone,Who,Tier,Secret\n0501111111,0502222222,Ana,gold,x\n", { mapping });
  expect([...store.people.values()]).toMatchObject([{ address: { value: "+971502222222" }, displayName: "Ana", fields: { plan: "gold" } }]);
  expect(store.batch).toMatchObject({ fileName: "people.csv", delimiter: ",", mapping, list: null });
});

test("columns are found whatever the case and the spaces around their names; the exact name goes first", async () => {
  const mapping = { phone: " PHONE ", name: "who", fields: {} };
  expect((await imported("Phone,Who,who\n0502222222,Ana,Bo\n", { mapping })).store.people.get("+971502222222")?.displayName).toBe("Bo");
  expect(await refused("Phone,Who,WHO\n0502222222,Ana,Bo\n", { mapping })).toMatchObject({ issues: [{ path: "mapping.name" }] });
});

test.each([
  ["0501234567,Ana", {}],
  ["+971 50 123-4567,Ana", { mapping: { phone: "phone", fields: {} } }],
  ["ana@example.com,Ana", {}],
])("a file without a header has none of its people told as names of columns: %s", async (line, options) => {
  const problem = await refused(`${line}\n0501234568,Bo\n`, options);
  expect(problem).toMatchObject({ type: "malformed_csv", lineNo: 1, reason: "The first line looks like data; a header line is needed." });
  expect(JSON.stringify(problem)).not.toContain("Ana");
});

test("a header without rows writes nothing and makes no list", async () => {
  const store = new PeopleInMemory();
  expect(await importContacts(store.ctx(), csv("phone,name\n\n", { listName: "Empty" }))).toMatchObject({
    ok: false,
    error: { type: "malformed_csv", reason: "The file has a header and no rows." },
  });
  expect([store.batch, store.lists]).toEqual([null, []]);
});

test("a mapping that the header cannot serve is told column by column, before anything is written", async () => {
  const mapping = { phone: "Mobile", name: "Name", fields: { city: "City" } };
  expect(await refused("Phone,Name,Name\n0501234567,a,b\n", { mapping })).toMatchObject({
    type: "invalid_input",
    issues: [
      { path: "mapping.phone" },
      { path: "mapping.name", message: "The file has two columns “Name”." },
      { path: "mapping.fields.city" },
    ],
  });
  expect(await refused("Anna,Berta\n1,2\n")).toMatchObject({ type: "invalid_input", issues: [{ path: "mapping.phone" }] });
});

const latin1 = Uint8Array.from([...encoder.encode("phone,name\n0501234567,Ana\n0501234568,Jos"), 0xe9, ...encoder.encode("\n")]);
test.each([
  [
    "a quote that never closes, named where it opens",
    'phone,name\n0501234567,Ana\n0501234568,"Bo\n0501234569,Cy\n',
    { type: "malformed_csv", lineNo: 3 },
  ],
  ["text after a closing quote", 'phone,name\r\n0501234567,"multi\r\nline"\r\n0501234568,"Bo"x\r\n', { type: "malformed_csv", lineNo: 4 }],
  ["a quote inside a bare cell", 'phone,name\n0501234567,5" pipe\n', { type: "malformed_csv", lineNo: 2 }],
  ["bytes that are not UTF-8", latin1, { type: "malformed_csv", lineNo: 3 }],
  ["a character cut off at the end", latin1.slice(0, -1), { type: "malformed_csv", lineNo: 3 }],
  ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x70, 0), { type: "malformed_csv", lineNo: 1 }],
  [
    "an Excel workbook",
    Uint8Array.of(0x50, 0x4b, 3, 4, 0x14, 0),
    { type: "malformed_csv", reason: "The file is an Excel workbook, not CSV." },
  ],
  ["an old Excel workbook", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), { reason: "The file is an Excel workbook, not CSV." }],
  ["nothing at all", "", { type: "malformed_csv", lineNo: 1 }],
  ["blank lines only", "\n\r\n\n", { type: "malformed_csv", lineNo: 1 }],
  [
    "too many columns",
    `${Array.from({ length: 201 }, (_, at) => `c${at}`).join(",")}\n`,
    { type: "import_too_large", limit: "columns", max: 200 },
  ],
  ["a row over 64 KB", `phone,name\n0501234567,${"x".repeat(66_000)}\n`, { type: "import_too_large", limit: "row_bytes", lineNo: 2 }],
  ["an endless first line", "x".repeat(140_000), { type: "import_too_large", limit: "row_bytes", lineNo: 1 }],
])("a file that cannot be read fails whole, with the line and a cure: %s", async (_name, file, problem) => {
  expect(await refused(file)).toMatchObject(problem);
});

test("an actor without the right imports nothing, and the file is not even read", async () => {
  const store = new PeopleInMemory();
  const content = inParts(encoder.encode("phone\n0501234567"), 1);
  expect(await importContacts(store.ctx({ isAllowed: false }), csv("", { content }))).toEqual({
    ok: false,
    error: { type: "not_allowed", action: "contacts.import" },
  });
  expect(store.batch).toBeNull();
  expect((await content.next()).done).toBe(false);
});
