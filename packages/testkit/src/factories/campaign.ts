import { type CampaignId, ok, type WorkspaceId } from "@herald/kernel";
import type { Verbs } from "@herald/postgres";
import type { Contact } from "./people.ts";
import type { TestActor, TestSender, TestTemplate } from "./workspace.ts";

const chunkSize = 1000;
const hourMs = 3_600_000;

export type CampaignBuilder = {
  readonly with: (people: readonly Contact[]) => CampaignBuilder;
  /** Left out from the start, with the reason `opted_out`. */
  readonly withSkipped: (people: readonly Contact[]) => CampaignBuilder;
  readonly launch: () => Promise<CampaignId>;
};

/** A campaign that goes through the verbs' own ports: chunks, ledger, seal. */
export function aCampaign(
  verbs: Verbs,
  from: { readonly workspaceId: WorkspaceId; readonly actor: TestActor; readonly sender: TestSender; readonly template: TestTemplate },
  chosen: { readonly people: readonly Contact[]; readonly skipped: readonly Contact[] } = { people: [], skipped: [] },
): CampaignBuilder {
  const { people, skipped } = chosen;
  return {
    with: (more) => aCampaign(verbs, from, { people: [...people, ...more], skipped }),
    withSkipped: (more) => aCampaign(verbs, from, { people, skipped: [...skipped, ...more] }),
    async launch() {
      const result = await verbs.inTransaction(from.actor, from.workspaceId, async ({ campaigns, nowMs }) => {
        const campaignId = await campaigns.create({
          kind: "bulk",
          name: "Test campaign",
          senderId: from.sender.senderId,
          sourceId: from.sender.sourceId,
          templateId: from.template.templateId,
          frozenTemplate: from.template.frozen,
          audience: { contactIds: people.slice(0, 3).map(({ contactId }) => contactId) },
          variables: { "body.1": { from: "field", field: "first_name" } },
          offer: [],
          scheduledAtMs: null,
          scheduleZone: null,
          latePolicy: "send",
          expiresAtMs: nowMs + 72 * hourMs,
        });
        let chunkNo = 0;
        for (; chunkNo * chunkSize < people.length; chunkNo += 1) {
          const slice = people.slice(chunkNo * chunkSize, (chunkNo + 1) * chunkSize);
          const entries = slice.map(({ phone }) => ({
            to: { channel: "whatsapp", kind: "phone", value: phone } as const,
            parameters: { body: [{ name: "1", value: "Ana" }] },
          }));
          await campaigns.addChunk(campaignId, { chunkNo, entryCount: entries.length, json: JSON.stringify(entries) });
          const inChunk = chunkNo;
          await campaigns.addMessages(
            campaignId,
            slice.map(({ contactId }, entryNo) => ({ contactId, chunkNo: inChunk, entryNo })),
          );
        }
        await campaigns.addMessages(
          campaignId,
          skipped.map(({ contactId }) => ({ contactId, skipped: "opted_out" as const })),
        );
        await campaigns.seal(campaignId, { planned: people.length + skipped.length, chunkCount: chunkNo });
        return ok(campaignId);
      });
      return result.value;
    },
  };
}
