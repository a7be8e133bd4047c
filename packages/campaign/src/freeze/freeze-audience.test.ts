import { expect, test } from "vitest";
import { aLaunch, fakeCtx, people } from "../testing/fake-ctx.ts";
import { launchCampaign } from "./launch-campaign.ts";

/** Pages of the fake audience hold seven people. */
const severalPages = { people: people(40) };

test("a page that cannot be written ends the launch with the database's own word, and nothing is sealed", async () => {
  const { ctx, written } = fakeCtx(severalPages);
  let pages = 0;
  const addMessages: typeof ctx.campaigns.addMessages = async (campaignId, messages) => {
    pages += 1;
    if (pages === 2) throw new Error("disk full");
    await ctx.campaigns.addMessages(campaignId, messages);
  };
  await expect(launchCampaign({ ...ctx, campaigns: { ...ctx.campaigns, addMessages } }, aLaunch())).rejects.toThrow("disk full");
  expect(written.sealed).toBeNull();
});

test("what the audience says after a failed write does not hide why the write failed", async () => {
  const { ctx } = fakeCtx(severalPages);
  async function* pages() {
    yield people(7);
    yield people(7);
    throw new Error("current transaction is aborted");
  }
  const addMessages = () => Promise.reject(new Error("disk full"));
  const broken = { ...ctx, audiences: { ...ctx.audiences, pages }, campaigns: { ...ctx.campaigns, addMessages } };
  await expect(launchCampaign(broken, aLaunch())).rejects.toThrow("disk full");
});

test("one page is judged while the one before it is written, and never more than one is on its way", async () => {
  const { ctx, written } = fakeCtx(severalPages);
  let onTheirWay = 0;
  let most = 0;
  const addMessages: typeof ctx.campaigns.addMessages = async (campaignId, messages) => {
    onTheirWay += 1;
    most = Math.max(most, onTheirWay);
    await Promise.resolve();
    await ctx.campaigns.addMessages(campaignId, messages);
    onTheirWay -= 1;
  };
  const answer = await launchCampaign({ ...ctx, campaigns: { ...ctx.campaigns, addMessages } }, aLaunch());
  expect(answer).toMatchObject({ ok: true, value: { planned: 40 } });
  expect([most, onTheirWay, written.messages.length]).toEqual([1, 0, 40]);
});

test("a launch that is refused waits for the page under way: its caller rolls back a connection that is at rest", async () => {
  const { ctx } = fakeCtx({ ...severalPages, maxRecipients: 10 });
  let onTheirWay = 0;
  const addMessages = async () => {
    onTheirWay += 1;
    await Promise.resolve();
    onTheirWay -= 1;
  };
  const answer = await launchCampaign({ ...ctx, campaigns: { ...ctx.campaigns, addMessages } }, aLaunch());
  expect(answer).toMatchObject({ ok: false, error: { type: "too_many_recipients" } });
  expect(onTheirWay).toBe(0);
});
