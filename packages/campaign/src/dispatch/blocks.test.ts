import { expect, test } from "vitest";
import { asViewer, fakeCtx, nowMs } from "../testing/fake-ctx.ts";
import { type Block, cureBlock, listBlocks } from "./blocks.ts";

const block: Block = {
  blockId: "7",
  scope: "number",
  scopeId: "sender-1",
  class: "NUMBER",
  code: "131031",
  detail: "account locked",
  sinceMs: nowMs,
  campaigns: 2,
};

test("a viewer reads what stops the workspace, and cures nothing", async () => {
  const { ctx } = fakeCtx({ blocks: [block], allowed: asViewer });
  expect(await listBlocks(ctx)).toEqual({ ok: true, value: [block] });
  expect(await cureBlock(ctx, { blockId: "7", note: "paid" })).toEqual({
    ok: false,
    error: { type: "not_allowed", action: "campaign.control" },
  });
  expect(await listBlocks(fakeCtx({ allowed: [] }).ctx)).toMatchObject({ error: { type: "not_allowed" } });
});

test("a cure answers how many messages are due again; a block of another workspace is not found", async () => {
  const { ctx } = fakeCtx({ blocks: [block] });
  expect(await cureBlock(ctx, { blockId: "7", note: "paid" })).toEqual({ ok: true, value: { blockId: "7", freed: 3 } });
  expect(await cureBlock(ctx, { blockId: "8", note: "paid" })).toMatchObject({ error: { type: "not_found", resource: "block" } });
});
