import { expect, test } from "vitest";
import { downloadOf, endingWith, streamOf } from "./stream.ts";

const nobody = (): never => {
  throw new Error("it was not to break");
};

test("parts are made when they are read, and not before", async () => {
  let made = 0;
  async function* parts() {
    while (made < 3) yield `part ${(made += 1)}\n`;
  }
  const reader = streamOf(parts(), nobody).getReader();
  expect(made).toBe(0);
  await reader.read();
  expect(made).toBe(1);
  await reader.read();
  await reader.read();
  expect((await reader.read()).done).toBe(true);
});

test("a reader that goes away ends the parts, and what they held is given back", async () => {
  let isEnded = false;
  async function* parts() {
    for (;;) yield "more";
  }
  const reader = streamOf(
    endingWith(parts(), async () => {
      isEnded = true;
    }),
    nobody,
  ).getReader();
  await reader.read();
  await reader.cancel();
  expect(isEnded).toBe(true);
});

test("what the parts hold is given back, also when nobody read a single one", async () => {
  let isEnded = false;
  const held = endingWith(
    (async function* parts() {
      yield "never";
    })(),
    async () => {
      isEnded = true;
    },
  );
  await streamOf(held, nobody).cancel();
  expect(isEnded).toBe(true);
});

test("parts that fail break the answer off, and somebody is told why", async () => {
  const told: unknown[] = [];
  const failure = new Error("the database went away");
  async function* parts() {
    yield "first";
    throw failure;
  }
  const text = new Response(streamOf(parts(), (error) => told.push(error))).text();
  await expect(text).rejects.toBe(failure);
  expect(told).toEqual([failure]);
});

test.each([
  ["Spring sale.csv", `attachment; filename="Spring sale.csv"; filename*=UTF-8''Spring%20sale.csv`],
  ['a"b\r\nc/d.csv', `attachment; filename="a b c d.csv"; filename*=UTF-8''a%20b%20c%20d.csv`],
  ["Überfällig (1).csv", `attachment; filename="Uberfallig (1).csv"; filename*=UTF-8''%C3%9Cberf%C3%A4llig%20%281%29.csv`],
  ["春.csv", `attachment; filename=".csv"; filename*=UTF-8''%E6%98%A5.csv`],
])("the name of a download is safe in a header: %j", (name, header) => {
  expect(downloadOf(name)).toBe(header);
});
