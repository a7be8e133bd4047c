import { err, ok } from "@herald/kernel";
import { expect, test, vi } from "vitest";
import type { DoorProblem } from "../../../acting/call-door.ts";
import type { DraftWorld } from "./draft-store.ts";
import { putAs } from "./put-as.ts";

const body = { name: "Typed", content: {}, version: 1 };
const problem = (type: string, status: number): DoorProblem => ({ type, status, title: "", detail: "" });
const saved = ok({ version: 2, updatedAt: "2026-11-21T14:02:00Z" });

test("once a session ended it is asked who is in now, until it is the person who typed", async () => {
  const put = vi.fn<DraftWorld["put"]>(async () => saved).mockResolvedValueOnce(err(problem("unauthenticated", 401)));
  const who = vi.fn<Parameters<typeof putAs>[2]>(async () => ok({ userId: "mia" }));
  const mia = putAs("mia", put, who);
  expect(await mia.put(body)).toMatchObject({ error: { type: "unauthenticated" } });
  expect(who, "nobody doubted it").not.toHaveBeenCalled();
  who.mockResolvedValueOnce(ok({ userId: "adam" }));
  expect(await mia.put(body)).toMatchObject({ error: { type: "other_person" } });
  expect(put).toHaveBeenCalledOnce();
  expect([await mia.put(body), await mia.put(body)]).toEqual([saved, saved]);
  expect(who).toHaveBeenCalledTimes(2);
});

test("where nobody answers who is in, nothing is saved", async () => {
  const put = vi.fn<DraftWorld["put"]>(async () => saved);
  const mia = putAs("mia", put, async () => err(problem("offline", 0)));
  mia.doubt();
  expect(await mia.put(body)).toMatchObject({ error: { type: "offline" } });
  expect(put).not.toHaveBeenCalled();
});
