import { createClient } from "@supabase/supabase-js";
import { Client, Connection } from "@temporalio/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withConnection } from "../database/connect.ts";
import { waitFor } from "../processes/wait.ts";
import { ownStack, setting, temporaryStateDir } from "../testing/test-stack.ts";
import type { ServerCrash } from "./running-server.ts";
import type { Stack } from "./stack.ts";

const folder = temporaryStateDir();
const crashes: ServerCrash[] = [];
let stack: Stack;

beforeAll(async () => {
  stack = await ownStack(folder.stateDir, ["supabase", "temporal"], { onCrash: (crash) => crashes.push(crash) });
}, 120_000);

afterAll(async () => {
  await stack?.stop();
  folder.remove();
}, 60_000);

describe("a server killed in mid-work", () => {
  it("Temporal, killed with -9 and restarted, still has every acknowledged workflow and finds it by its search attributes", async () => {
    const address = setting(stack.settings, "TEMPORAL_ADDRESS");
    const namespace = setting(stack.settings, "TEMPORAL_NAMESPACE");
    const workflowIds = Array.from({ length: 20 }, (_, index) => `durable-${index}`);
    await withTemporal(address, namespace, async (client) => {
      const typedSearchAttributes = { WorkspaceId: ["w1"], CampaignId: ["c1"], CampaignStatus: ["queued"] };
      const start = (workflowId: string) =>
        client.workflow.start("nobodyRunsThis", { workflowId, taskQueue: "nobody", searchAttributes: typedSearchAttributes });
      await Promise.all(workflowIds.map(start));
    });

    await stack.kill("temporal", "SIGKILL");
    await stack.restart("temporal");

    await withTemporal(address, namespace, async (client) => {
      const states = await Promise.all(workflowIds.map((workflowId) => client.workflow.getHandle(workflowId).describe()));
      expect(states.map(({ status }) => status.name)).toEqual(workflowIds.map(() => "RUNNING"));
      const query = "WorkspaceId = 'w1' and CampaignStatus = 'queued'";
      await waitFor("the workflows to be listed", 10_000, async () => (await client.workflow.count(query)).count === workflowIds.length);
    });
  }, 60_000);

  it("Postgres, killed with -9 and restarted, still has every committed row, and the API works again", async () => {
    const ownerUrl = setting(stack.settings, "OWNER_DATABASE_URL");
    await withConnection(ownerUrl, async (client) => {
      await client.query("create table public.kept (n int primary key); alter table public.kept enable row level security");
      await client.query("insert into public.kept select generate_series(1, 500)");
      await client.query("notify pgrst, 'reload schema'");
    });
    const before = stack.servers.find(({ name }) => name === "postgres");

    await stack.kill("postgres", "SIGKILL");
    expect(stack.servers.find(({ name }) => name === "postgres")?.pid).toBeUndefined();
    await stack.restart("postgres");

    const after = stack.servers.find(({ name }) => name === "postgres");
    expect(after?.ports).toEqual(before?.ports);
    expect(after?.pid).not.toBe(before?.pid);
    const { rows } = await withConnection(ownerUrl, (client) => client.query("select count(*)::int as kept from public.kept"));
    expect(rows).toEqual([{ kept: 500 }]);
    const api = createClient(setting(stack.settings, "SUPABASE_URL"), setting(stack.settings, "SUPABASE_SERVICE_ROLE_KEY"));
    const { count } = await api.from("kept").select("*", { count: "exact", head: true });
    expect(count).toBe(500);
  }, 120_000);

  it("is no crash when it was killed on purpose", () => {
    expect(crashes).toEqual([]);
  });
});

async function withTemporal(address: string, namespace: string, work: (client: Client) => Promise<void>): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: "10s" });
  try {
    await work(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
}
