import { err, ok, type Result } from "@herald/kernel";
import type { LookupFailed, MessageProvider, RemoteTemplate } from "@herald/provider";
import { expect, test } from "vitest";
import { aWorkspaceId } from "../testing/ids.ts";
import { type SourceToSync, syncTemplates } from "./sync-templates.ts";

const aSource = (change: Partial<SourceToSync> = {}): SourceToSync => ({
  workspaceId: aWorkspaceId(),
  sourceId: "source-1",
  provider: "meta",
  providerAccountId: "2000000000000001",
  account: { providerNumberId: "1", accessToken: "a-token-of-nobody" },
  askedAtMs: 7,
  ...change,
});
const aTemplate: RemoteTemplate = {
  providerTemplateId: "1",
  name: "spring_sale",
  language: "en_US",
  category: "MARKETING",
  status: "APPROVED",
  isSendable: true,
  cures: [],
  refusals: [],
  parameterFormat: "positional",
  components: [],
};

async function sync(sources: readonly SourceToSync[], listTemplates: MessageProvider["listTemplates"]) {
  const written: string[] = [];
  const problems: string[] = [];
  const done = await syncTemplates(
    {
      templateSync: {
        claim: async () => sources,
        write: async ({ sourceId }, templates) => {
          written.push(`${sourceId}: ${templates.length}`);
          return { changed: 0, gone: 0, pausedCampaigns: 0 };
        },
        noteProblem: async ({ sourceId }, problem) => void problems.push(`${sourceId}: ${problem}`),
      },
      providersByName: { meta: { listTemplates } },
      log: { info: () => undefined, warn: () => undefined },
    },
    10,
  );
  return { done, written, problems };
}

test("a list that was read whole is written", async () => {
  expect(await sync([aSource()], async () => ok([aTemplate]))).toEqual({ done: 1, written: ["source-1: 1"], problems: [] });
});

test("what could not be read whole writes nothing, says why, and keeps no other account waiting", async () => {
  const failure = err({ type: "lookup_failed", code: "190", detail: "expired for +51 987 654 321", isInMaintenance: false } as const);
  const sources = [
    aSource({ providerAccountId: "1" }),
    aSource({ sourceId: "source-2", account: null }),
    aSource({ sourceId: "source-3", provider: "constructor" }),
    aSource({ sourceId: "source-4", providerAccountId: "4" }),
    aSource({ sourceId: "source-5" }),
  ];
  const answers = new Map<string, Result<readonly RemoteTemplate[], LookupFailed>>([
    ["1", failure],
    ["4", ok([])],
  ]);
  expect(await sync(sources, async (_account, wabaId) => answers.get(wabaId) ?? ok([aTemplate]))).toEqual({
    done: 5,
    written: ["source-5: 1"],
    problems: [
      "source-1: 190: expired for [redacted]",
      "source-2: the credential cannot be opened",
      "source-3: no adapter for provider constructor",
      "source-4: the list is empty",
    ],
  });
});
