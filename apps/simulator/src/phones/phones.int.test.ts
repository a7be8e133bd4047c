import { afterEach, beforeEach, expect, it } from "vitest";
import { startWorld, type World } from "../testing/world.ts";
import type { PhoneView } from "./phone-view.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const phones = async (): Promise<readonly PhoneView[]> =>
  (await world.client.call<{ messages: PhoneView[] }>("GET", "/_phones/messages")).body.messages;

it("a phone shows the template's words with the values sent, its buttons, and how far its receipts have come", async () => {
  await world.client.send("+16505550001", "c1");
  await world.client.idle();
  expect(await phones()).toMatchObject([
    { recipient: "+16505550001", body: "Hi Ana, order 42 is on its way.", buttons: ["Thanks"], header: null, reply: null, status: "read" },
  ]);
});

it("what the person writes back appears once the product was told of it", async () => {
  await world.client.control("POST", "receipts/hold", { replies: true });
  await world.client.script({ to: ["+16505550001"], reply: { kind: "text", text: "See you!" } });
  await world.client.send("+16505550001", "c1");
  expect(await phones()).toMatchObject([{ reply: null }]);
  await world.client.control("POST", "receipts/release");
  await world.client.idle();
  expect(await phones()).toMatchObject([{ reply: "See you!" }]);
});

it("what was refused is on no phone, the newest message stands first, and no more are kept than a page can show", async () => {
  await world.client.script({ to: ["+16505550000"], answer: { kind: "refuse", code: 131026 } });
  for (let person = 0; person <= 130; person += 1) await world.client.send(`+1650555${String(person).padStart(4, "0")}`, `c${person}`);
  const shown = await phones();
  expect([shown.length, shown[0]?.recipient]).toEqual([120, "+16505550130"]);
});

it("the page and what it loads are served, and nothing else is", async () => {
  for (const [path, type] of [
    ["/_phones", "text/html"],
    ["/_phones/phones.css", "text/css"],
    ["/_phones/phones.js", "text/javascript"],
  ]) {
    const answer = await fetch(world.baseUrl + path);
    expect([answer.status, answer.headers.get("content-type")?.split(";")[0]]).toEqual([200, type]);
  }
  expect((await fetch(`${world.baseUrl}/_phones/router.ts`)).status).toBe(404);
  expect((await fetch(`${world.baseUrl}/_phones`, { method: "POST" })).status).toBe(404);
});
