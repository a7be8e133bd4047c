import { expect, test } from "vitest";
import { previewAudience } from "../audience/preview-audience.ts";
import { launchCampaign } from "../freeze/launch-campaign.ts";
import { aDraft, aLaunch, aSender, asViewer, aTemplate, type FakeWorld, fakeCtx } from "../testing/fake-ctx.ts";
import { aContactId } from "../testing/ids.ts";

/** What preview and launch answer to the same draft in the same world; they have to agree. */
async function problemOf(world: FakeWorld, change: Parameters<typeof aDraft>[0] = {}) {
  const { ctx, written } = fakeCtx(world);
  const preview = await previewAudience(ctx, aDraft(change));
  const launch = await launchCampaign(ctx, aLaunch(change));
  expect(launch).toEqual(preview);
  expect(written).toMatchObject({ campaign: null, chunks: [], messages: [], sealed: null });
  return preview.ok ? null : preview.error;
}

test("a viewer may neither preview nor launch", async () => {
  const { ctx, written } = fakeCtx({ allowed: asViewer });
  expect(await previewAudience(ctx, aDraft())).toEqual({ ok: false, error: { type: "not_allowed", action: "campaign.preview" } });
  expect(await launchCampaign(ctx, aLaunch())).toEqual({ ok: false, error: { type: "not_allowed", action: "campaign.send" } });
  expect(written.campaign).toBeNull();
});

test("who may only preview cannot launch", async () => {
  const { ctx } = fakeCtx({ allowed: ["campaign.read", "campaign.preview"] });
  expect((await previewAudience(ctx, aDraft())).ok).toBe(true);
  expect(await launchCampaign(ctx, aLaunch())).toMatchObject({ error: { type: "not_allowed" } });
});

test("L10: a sender or a part of the audience that is not of this workspace is not found", async () => {
  expect(await problemOf({ senders: [] })).toEqual({ type: "not_found", resource: "sender" });
  expect(await problemOf({ foreignParts: ["list-9"] })).toEqual({ type: "not_found", resource: "audience part list-9" });
});

test("L10: a template of another source is as good as missing", async () => {
  expect(await problemOf({ templates: [aTemplate({ sourceId: "source-2" })] })).toMatchObject({
    type: "template_not_approved",
    status: "MISSING",
  });
});

test("a number that is not connected cannot send, and the cure is named", async () => {
  expect(await problemOf({ senders: [aSender({ isConnected: false })] })).toEqual({
    type: "sender_not_ready",
    reason: "The number is not connected. Reconnect it under Integrations.",
  });
});

test("a language that is not approved is refused, and those that are get named", async () => {
  const templates = [
    aTemplate({ status: "REJECTED" }),
    aTemplate({ frozen: { language: "es" } }),
    aTemplate({ frozen: { language: "pt_BR" } }),
    aTemplate({ frozen: { language: "fr" }, status: "PAUSED" }),
  ];
  expect(await problemOf({ templates })).toEqual({
    type: "template_not_approved",
    name: "spring_sale",
    language: "en",
    status: "REJECTED",
    approvedLanguages: ["es", "pt_BR"],
  });
  expect(await problemOf({ templates }, { template: { name: "spring_sale", language: "de" } })).toMatchObject({
    status: "MISSING",
    approvedLanguages: ["es", "pt_BR"],
  });
});

test("a placeholder without a source, and a source without a placeholder, are named with their cure", async () => {
  expect(await problemOf({}, { variables: { "body.2": { from: "static", value: "x" } } })).toMatchObject({
    type: "invalid_input",
    issues: [
      { path: "variables.body.1", cure: "Give it a contact field or a fixed text." },
      { path: "variables.body.2", cure: "Remove it." },
    ],
  });
});

test("header media that is no HTTPS link is refused, also as a fallback", async () => {
  const templates = [aTemplate({ components: [{ type: "HEADER", format: "IMAGE" }] })];
  const issue = { type: "invalid_input", issues: [{ path: "variables.header.media" }] };
  expect(
    await problemOf({ templates }, { variables: { "header.media": { from: "static", value: "http://example.com/a.png" } } }),
  ).toMatchObject(issue);
  expect(
    await problemOf(
      { templates },
      { variables: { "header.media": { from: "field", field: "photo", fallback: "ftp://example.com/a.png" } } },
    ),
  ).toMatchObject(issue);
});

test("a template with a part that nobody here can fill is refused before its first message", async () => {
  const templates = [aTemplate({ components: [{ type: "BODY", text: "Hello {{1}}" }, { type: "CAROUSEL" }] })];
  expect(await problemOf({ templates })).toMatchObject({ type: "invalid_input", issues: [{ path: "template" }] });
});

test("parameters of over 64 KB are refused, and the person is named by id", async () => {
  const { ctx, written } = fakeCtx();
  const tooMuch = { variables: { "body.1": { from: "static", value: "x".repeat(65_000) } } } as const;
  const problem = { ok: false, error: { type: "entry_too_large", contactId: aContactId(0), maxBytes: 64_000 } };
  expect(await previewAudience(ctx, aDraft(tooMuch))).toEqual(problem);
  expect(await launchCampaign(ctx, aLaunch(tooMuch))).toEqual(problem);
  // the launch had begun to write: without its seal nothing starts, and its caller rolls back
  expect(written.sealed).toBeNull();
});
