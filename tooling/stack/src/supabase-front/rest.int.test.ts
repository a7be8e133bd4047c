import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withConnection } from "../database/connect.ts";
import { type RestApi, startRestApi } from "../testing/rest-api.ts";
import { type TestStack, testStack } from "../testing/test-stack.ts";

const north = { tenantId: "00000000-0000-0000-0000-0000000000a1", userId: "00000000-0000-0000-0000-0000000000b1" };
const south = { tenantId: "00000000-0000-0000-0000-0000000000a2", userId: "00000000-0000-0000-0000-0000000000b2" };
let stack: TestStack;
let api: RestApi;
let anonymous: SupabaseClient;
let service: SupabaseClient;
let ofNorth: SupabaseClient;
let ofSouth: SupabaseClient;

beforeAll(async () => {
  stack = await testStack(["supabase"]);
  api = await startRestApi(stack.settings, stack.stateDir);
  anonymous = await clientWith({ role: "anon" });
  service = await clientWith({ role: "service_role" });
  ofNorth = await clientWith({ role: "authenticated", sub: north.userId, email: "n@example.com" });
  ofSouth = await clientWith({ role: "authenticated", sub: south.userId, email: "s@example.com" });
}, 120_000);

afterAll(async () => {
  await api?.stop();
  await stack?.stop();
}, 60_000);

async function clientWith(claims: Readonly<Record<string, unknown>>, lifetimeSeconds?: number): Promise<SupabaseClient> {
  const options = { auth: { persistSession: false, autoRefreshToken: false } };
  return createClient(api.url, await api.token(claims, lifetimeSeconds), options);
}

/** The rows of an answer that must have succeeded. */
function rows<T>({ data, error }: { data: T; error: unknown }): NonNullable<T> {
  expect(error).toBeNull();
  return data as NonNullable<T>;
}

describe("who is asking", () => {
  it("a request acts as the role and user of its token; the helper functions read PostgREST's claims", async () => {
    expect(rows(await ofNorth.rpc("whoami"))).toEqual({
      role: "authenticated",
      claimed: "authenticated",
      uid: north.userId,
      email: "n@example.com",
    });
    expect(rows(await anonymous.rpc("whoami"))).toMatchObject({ role: "anon", uid: null });
    expect(rows(await service.rpc("whoami"))).toMatchObject({ role: "service_role", uid: null });
  });

  it("the helper functions read the older one-setting-per-claim style too", async () => {
    const seen = await withConnection(api.ownerUrl, async (client) => {
      await client.query(
        "select set_config('request.jwt.claim.sub', $1, false), set_config('request.jwt.claim.role', 'authenticated', false)",
        [south.userId],
      );
      return client.query("select auth.uid() as uid, auth.role() as role, auth.jwt() as jwt");
    });
    expect(seen.rows).toEqual([{ uid: south.userId, role: "authenticated", jwt: null }]);
  });

  it("a forged or expired token is refused with 401", async () => {
    const expired = await clientWith({ role: "anon" }, -90);
    expect((await expired.from("items").select()).status).toBe(401);
    const forged = createClient(api.url, `${(await api.token({ role: "service_role" })).slice(0, -6)}AAAAAA`);
    expect((await forged.from("items").select()).status).toBe(401);
  });

  it("a path that belongs to no API is answered with 404", async () => {
    expect((await fetch(`${api.url}/storage/v1/bucket`)).status).toBe(404);
  });
});

describe("row level security", () => {
  it("a member reads, changes and deletes rows of the own tenant only", async () => {
    const mine = rows(await ofNorth.from("campaigns").insert({ tenant_id: north.tenantId, name: "rls" }).select().single());
    const foreign = rows(await ofSouth.from("campaigns").insert({ tenant_id: south.tenantId, name: "rls" }).select().single());
    const visible = rows(await ofNorth.from("campaigns").select("id").eq("name", "rls"));
    expect(visible).toEqual([{ id: mine.id }]);
    expect(rows(await ofNorth.from("campaigns").update({ name: "taken" }).eq("id", foreign.id).select())).toEqual([]);
    expect(rows(await ofNorth.from("campaigns").delete().eq("id", foreign.id).select())).toEqual([]);
    expect(rows(await anonymous.from("campaigns").select())).toEqual([]);
    expect(rows(await service.from("campaigns").select("id").in("id", [mine.id, foreign.id]))).toHaveLength(2);
  });

  it("a row for another tenant is refused with 42501", async () => {
    const { error } = await ofNorth.from("campaigns").insert({ tenant_id: south.tenantId, name: "intruder" });
    expect(error?.code).toBe("42501");
  });

  it("a table closed to the role is refused with 42501", async () => {
    expect((await ofNorth.from("secrets").select()).error?.code).toBe("42501");
  });
});

describe("reading", () => {
  it("filters", async () => {
    const count = async (query: PromiseLike<{ data: unknown[] | null; error: unknown }>) => rows(await query).length;
    expect(await count(service.from("items").select("id").eq("n", 3))).toBe(100);
    expect(await count(service.from("items").select("id").in("id", [1, 2, 3]))).toBe(3);
    expect(await count(service.from("items").select("id").ilike("label", "item 99%"))).toBe(11);
    expect(await count(service.from("items").select("id").or("id.eq.1,and(id.gt.998,n.eq.9)"))).toBe(2);
    expect(await count(service.from("items").select("id").not("id", "in", "(1,2)").lte("id", 4))).toBe(2);
    expect(await count(service.from("items").select("id").eq("meta->>k", "2"))).toBe(333);
    expect(await count(service.from("items").select("id").contains("meta", { k: 2 }))).toBe(333);
  });

  it("order, range, exact count, head", async () => {
    const sorted = rows(await service.from("items").select("id").order("n", { ascending: false }).order("id").limit(2));
    expect(sorted).toEqual([{ id: 9 }, { id: 19 }]);
    const page = await service.from("items").select("id", { count: "exact" }).order("id").range(10, 19);
    expect([page.count, page.data?.length, page.data?.[0]]).toEqual([1_000, 10, { id: 11 }]);
    expect((await service.from("items").select("*", { count: "exact", head: true }).eq("n", 1)).count).toBe(100);
    expect((await service.from("items").select("*", { count: "exact" }).range(5_000, 5_009)).status).toBe(416);
  });

  it("single and maybeSingle say how many rows there were", async () => {
    expect((await service.from("items").select().eq("id", -1).single()).error?.code).toBe("PGRST116");
    expect((await service.from("items").select().lt("id", 5).single()).error?.code).toBe("PGRST116");
    expect(await service.from("items").select().eq("id", -1).maybeSingle()).toMatchObject({ data: null, error: null });
  });

  it("embedding over foreign keys, both ways, filtered and counted", async () => {
    const campaign = rows(await ofNorth.from("campaigns").insert({ tenant_id: north.tenantId, name: "embed" }).select().single());
    const source = { campaign_id: campaign.id, tenant_id: north.tenantId };
    rows(
      await ofNorth
        .from("sources")
        .insert([
          { ...source, url: "a", hits: 3 },
          { ...source, url: "b", hits: 9 },
        ])
        .select(),
    );
    const embedded = await ofNorth
      .from("campaigns")
      .select("name, sources(url), tenants(name)")
      .eq("id", campaign.id)
      .order("url", { referencedTable: "sources" })
      .single();
    expect(rows(embedded)).toEqual({ name: "embed", sources: [{ url: "a" }, { url: "b" }], tenants: { name: "north" } });
    expect(rows(await ofNorth.from("campaigns").select("id, sources!inner(url)").gt("sources.hits", 500))).toEqual([]);
    expect(rows(await ofNorth.from("campaigns").select("sources(count)").eq("id", campaign.id).single())).toEqual({
      sources: [{ count: 2 }],
    });
  });
});

describe("writing", () => {
  it("upsert on a unique key updates, or ignores when told so", async () => {
    const row = { tenant_id: north.tenantId, name: "upsert", budget: 10.5 };
    const first = rows(await ofNorth.from("campaigns").insert(row).select().single());
    const onConflict = "tenant_id,name";
    const second = rows(
      await ofNorth
        .from("campaigns")
        .upsert({ ...row, budget: 99 }, { onConflict })
        .select()
        .single(),
    );
    expect([second.id, Number(second.budget)]).toEqual([first.id, 99]);
    expect(
      rows(
        await ofNorth
          .from("campaigns")
          .upsert({ ...row, budget: 1 }, { onConflict, ignoreDuplicates: true })
          .select(),
      ),
    ).toEqual([]);
  });

  it("violations keep Postgres' own codes", async () => {
    const row = { tenant_id: north.tenantId, name: "twice" };
    rows(await ofNorth.from("campaigns").insert(row).select());
    expect((await ofNorth.from("campaigns").insert(row)).error?.code).toBe("23505");
    expect((await service.from("members").insert({ tenant_id: crypto.randomUUID(), user_id: north.userId })).error?.code).toBe("23503");
    expect((await service.from("campaigns").insert({ tenant_id: north.tenantId })).error?.code).toBe("23502");
    expect((await service.from("items").select().eq("id", "abc")).error?.code).toBe("22P02");
  });
});

describe("functions", () => {
  it("return scalars and sets, which can be filtered like tables", async () => {
    expect(rows(await service.rpc("add_numbers", { a: 2, b: 3 }))).toBe(5);
    expect(rows(await service.rpc("add_numbers", { a: 2, b: 3 }, { get: true }))).toBe(5);
    const set = await service.rpc("items_from", { min_n: 8 }, { count: "exact" }).lt("id", 40).order("id", { ascending: false }).limit(1);
    expect([rows(set), set.count]).toEqual([[expect.objectContaining({ id: 39 })], 8]);
    expect((await service.rpc("no_such_function", {})).error?.code).toBe("PGRST202");
  });

  it("a PTxyz error code becomes the HTTP status; any other custom code becomes 500", async () => {
    const payment = await ofNorth.rpc("boom", { kind: "payment" });
    expect([payment.status, payment.error?.details, payment.error?.hint]).toEqual([402, "limit 5", "upgrade"]);
    const quota = await ofNorth.rpc("boom", { kind: "quota" });
    expect([quota.status, quota.error?.code]).toEqual([500, "P0429"]);
  });
});

describe("schema changes", () => {
  it("are served after the notification that the migration runner sends", async () => {
    await withConnection(api.ownerUrl, (client) => client.query("create table later (id int primary key); notify pgrst, 'reload schema'"));
    await expect
      .poll(async () => (await service.from("later").insert({ id: 1 })).error?.code ?? "written", { timeout: 10_000 })
      .toMatch(/written|23505/);
  });

  it("a table that a migration forgot to close is open to the API's roles, as on a hosted project", async () => {
    await withConnection(api.ownerUrl, (client) =>
      client.query("create table forgotten (id int); insert into forgotten values (1); notify pgrst, 'reload schema'"),
    );
    await expect.poll(async () => (await anonymous.from("forgotten").select()).data, { timeout: 10_000 }).toEqual([{ id: 1 }]);
  });
});
