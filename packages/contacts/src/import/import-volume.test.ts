import { expect, test } from "vitest";
import { PeopleInMemory } from "../testing/people-in-memory.ts";
import { importContacts } from "./import-contacts.ts";

async function* people(count: number, onPart: () => void): AsyncGenerator<string> {
  yield "phone,name,city\n";
  for (let start = 0; start < count; start += 500) {
    onPart();
    yield Array.from({ length: 500 }, (_, at) => `+9715${String(10_000_000 + start + at)},Somebody ${start + at},Sharjah\n`).join("");
  }
}

test("people are handed over in batches of 1,000 while the file is still being read", async () => {
  const store = new PeopleInMemory();
  let mostWaiting = 0;
  let handedOut = 0;
  const onPart = () => {
    mostWaiting = Math.max(mostWaiting, handedOut - store.people.size);
    handedOut += 500;
  };
  const result = await importContacts(store.ctx(), { fileName: "many.csv", content: people(10_000, onPart) });
  expect(result).toMatchObject({ ok: true, value: { rowsRead: 10_000, added: 10_000 } });
  expect(store.largestCall).toBe(1000);
  expect(mostWaiting).toBeLessThanOrEqual(2500);
});
