import { anAccount } from "@herald/provider/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fixture } from "./__fixtures__/fixtures.ts";
import { cut, type GraphServer, json, startGraphServer } from "./__fixtures__/graph-server.ts";
import { createMetaProvider, type MetaProvider } from "./provider.ts";

const wabaId = "102290129340398";
let server: GraphServer;
let provider: MetaProvider;
beforeEach(async () => {
  server = await startGraphServer();
  provider = createMetaProvider({ baseUrl: server.baseUrl, monotonicMs: () => performance.now() });
});
afterEach(async () => {
  await provider.close();
  await server.close();
});

const answer = (name: string, status = 200) => json(status, fixture(`answers/${name}`));

test.each([
  ["phone-standard", { capPerSecond: 80, source: "meta_default_throughput", level: "STANDARD", portfolioLimit: 2000 }],
  ["phone-upgraded", { capPerSecond: 1000, source: "meta_phone_throughput", level: "HIGH", portfolioLimit: "unlimited" }],
  ["phone-coexistence", { capPerSecond: 20, source: "meta_coexistence", level: "STANDARD", portfolioLimit: null }],
])("%s sets the pace, and tells the portfolio's limit", async (name, value) => {
  server.answerNext(answer(name));
  expect(await provider.readSenderPlan(anAccount())).toEqual({ ok: true, value });
  expect(server.requests[0]?.path).toBe(
    "/v26.0/106540352242922?fields=throughput,is_on_biz_app,platform_type,whatsapp_business_manager_messaging_limit",
  );
});

test("a level given as the number 1000 is the upgraded pace, and a limit in a strange shape is not told", async () => {
  server.answerNext(json(200, '{"throughput":{"level":1000},"whatsapp_business_manager_messaging_limit":{"tier":"TIER_2K"}}'));
  expect(await provider.readSenderPlan(anAccount())).toMatchObject({ ok: true, value: { capPerSecond: 1000, portfolioLimit: null } });
});

test("a look-up that fails in any way is a failure, and never reads as a pace", async () => {
  for (const failure of [
    answer("refused-190", 401),
    cut,
    json(200, "not json"),
    json(200, "{}"),
    json(502, '{"throughput":{"level":"HIGH"}}'),
  ]) {
    server.answerNext(failure);
    expect(await provider.readSenderPlan(anAccount())).toMatchObject({
      ok: false,
      error: { type: "lookup_failed", isInMaintenance: false },
    });
  }
});

test("a number that Meta is upgrading says so", async () => {
  server.answerNext(answer("refused-131057", 400));
  expect(await provider.readSenderPlan(anAccount())).toMatchObject({ ok: false, error: { code: "131057", isInMaintenance: true } });
});

test("templates of all pages are one list, and only the cursor of the next address is followed", async () => {
  server.answerNext(answer("templates-page-1"), answer("templates-page-2"));
  expect(await provider.listTemplates(anAccount(), wabaId)).toMatchObject({
    ok: true,
    value: [
      {
        providerTemplateId: "594425479261596",
        name: "spring_sale",
        parameterFormat: "positional",
        status: "APPROVED",
        category: "MARKETING",
      },
      { providerTemplateId: "1689556908129832", name: "welcome", parameterFormat: "named", components: [{ type: "BODY" }] },
    ],
  });
  expect(server.requests.map(({ path }) => path)).toEqual([
    `/v26.0/${wabaId}/message_templates?fields=id,name,language,category,status,parameter_format,components&limit=50`,
    `/v26.0/${wabaId}/message_templates?fields=id,name,language,category,status,parameter_format,components&limit=50&after=MjQZD`,
  ]);
});

test("half a list is a failure, never a shorter list", async () => {
  server.answerNext(answer("templates-page-1"), answer("refused-190", 401));
  expect(await provider.listTemplates(anAccount(), wabaId)).toMatchObject({ ok: false, error: { type: "lookup_failed", code: "190" } });
});

test("pages without end are given up", async () => {
  server.answerNext(...Array.from({ length: 151 }, () => answer("templates-page-1")));
  expect(await provider.listTemplates(anAccount(), wabaId)).toMatchObject({
    ok: false,
    error: { detail: "more than 150 pages of templates" },
  });
  expect(server.requests).toHaveLength(150);
});

test("an account id that is no number asks nobody", async () => {
  expect(await provider.listTemplates(anAccount(), "../me")).toMatchObject({ ok: false });
  expect(server.requests).toHaveLength(0);
});
