import { randomUUID } from "node:crypto";
import { createServerClient } from "@supabase/ssr";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withConnection } from "../database/connect.ts";
import { setting, type TestStack, testStack } from "../testing/test-stack.ts";

const password = "correct-horse-9";
let stack: TestStack;

beforeAll(async () => {
  stack = await testStack(["supabase"]);
}, 120_000);

afterAll(async () => {
  await stack?.stop();
}, 60_000);

function client(): SupabaseClient {
  const options = { auth: { persistSession: false, autoRefreshToken: false } };
  return createClient(setting(stack.settings, "SUPABASE_URL"), setting(stack.settings, "SUPABASE_ANON_KEY"), options);
}

function newEmail(): string {
  return `stack-check-${randomUUID()}@example.com`;
}

/** A member just signed up, with the client that holds the session. */
async function signedUp() {
  const email = newEmail();
  const session = client();
  const { data, error } = await session.auth.signUp({ email, password });
  expect(error).toBeNull();
  if (!data.session || !data.user) throw new Error("sign-up gave no session");
  return { email, session, user: data.user, tokens: data.session };
}

describe("sign-up and sign-in", () => {
  it("sign-up gives a session at once; the same address again gives none", async () => {
    const { email } = await signedUp();
    const again = await client().auth.signUp({ email, password });
    expect(again.data.session).toBeNull();
    expect(again.error !== null || again.data.user?.identities?.length === 0).toBe(true);
  });

  it("the right password signs in, a wrong one is refused with invalid_credentials", async () => {
    const { email, user } = await signedUp();
    const right = await client().auth.signInWithPassword({ email, password });
    expect(right.data.user?.id).toBe(user.id);
    const wrong = await client().auth.signInWithPassword({ email, password: "nope" });
    expect(wrong.error?.code).toBe("invalid_credentials");
  });

  it("a user made by SQL (auth.users and auth.identities, bcrypt of pgcrypto) can sign in, as the seed needs", async () => {
    const email = newEmail();
    const userId = randomUUID();
    await withConnection(setting(stack.settings, "OWNER_DATABASE_URL"), async (database) => {
      await database.query(
        `insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
         values ($1, 'authenticated', 'authenticated', $2, extensions.crypt($3, extensions.gen_salt('bf', 10)), now(), '{"provider":"email","providers":["email"]}', '{}')`,
        [userId, email, password],
      );
      await database.query(
        "insert into auth.identities (id, user_id, provider_id, provider, identity_data) values (gen_random_uuid(), $1::uuid, $1::text, 'email', $2)",
        [userId, { sub: userId, email }],
      );
    });
    const { data, error } = await client().auth.signInWithPassword({ email, password });
    expect([error, data.user?.id]).toEqual([null, userId]);
  });
});

describe("sessions", () => {
  it("the token names the user: getUser and getClaims agree, and the API accepts it", async () => {
    const { session, user, tokens } = await signedUp();
    expect((await session.auth.getUser()).data.user?.id).toBe(user.id);
    expect((await client().auth.getUser(tokens.access_token)).data.user?.id).toBe(user.id);
    const claims = (await session.auth.getClaims()).data?.claims;
    expect([claims?.sub, claims?.role]).toEqual([user.id, "authenticated"]);
    const answer = await fetch(`${setting(stack.settings, "SUPABASE_URL")}/rest/v1/`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(answer.status).toBe(200);
  });

  it("a token with a broken signature is refused", async () => {
    const { tokens } = await signedUp();
    expect((await client().auth.getUser(`${tokens.access_token.slice(0, -6)}AAAAAA`)).error).not.toBeNull();
  });

  it("refreshing rotates the refresh token", async () => {
    const { session, tokens } = await signedUp();
    const { data } = await session.auth.refreshSession();
    expect(data.session?.refresh_token).toBeTruthy();
    expect(data.session?.refresh_token).not.toBe(tokens.refresh_token);
  });

  it("a changed password is the one that counts", async () => {
    const { session, email } = await signedUp();
    expect((await session.auth.updateUser({ password: `${password}-2` })).error).toBeNull();
    expect((await client().auth.signInWithPassword({ email, password: `${password}-2` })).error).toBeNull();
    expect((await client().auth.signInWithPassword({ email, password })).error?.code).toBe("invalid_credentials");
  });

  it("signing out makes the refresh token worthless", async () => {
    const { session, tokens } = await signedUp();
    expect((await session.auth.signOut()).error).toBeNull();
    expect((await client().auth.refreshSession({ refresh_token: tokens.refresh_token })).error).not.toBeNull();
  });

  it("@supabase/ssr keeps a session in cookies and takes them away at sign-out", async () => {
    const { email, user } = await signedUp();
    const jar = new Map<string, string>();
    const open = () =>
      createServerClient(setting(stack.settings, "SUPABASE_URL"), setting(stack.settings, "SUPABASE_ANON_KEY"), {
        cookies: {
          getAll: () => [...jar].map(([name, value]) => ({ name, value })),
          setAll: (cookies: { name: string; value: string }[]) => {
            for (const { name, value } of cookies) {
              if (value === "") jar.delete(name);
              else jar.set(name, value);
            }
          },
        },
      });
    await open().auth.signInWithPassword({ email, password });
    await expect.poll(() => jar.size).toBeGreaterThan(0);
    const later = open();
    expect((await later.auth.getUser()).data.user?.id).toBe(user.id);
    await later.auth.signOut({ scope: "local" });
    await expect.poll(() => jar.size).toBe(0);
  });
});

describe("the auth server's own role", () => {
  it("can neither read nor grant anything outside its schema", async () => {
    const owner = setting(stack.settings, "OWNER_DATABASE_URL");
    const { rows } = await withConnection(owner, (database) =>
      database.query(
        `select rolsuper, rolcreaterole, rolbypassrls, has_database_privilege('supabase_auth_admin', current_database(), 'create') as creates_schemas,
                (select count(*)::int from pg_class where relnamespace <> 'auth'::regnamespace and relowner = pg_roles.oid and relkind = 'r') as foreign_tables
         from pg_roles where rolname = 'supabase_auth_admin'`,
      ),
    );
    expect(rows).toEqual([{ rolsuper: false, rolcreaterole: false, rolbypassrls: false, creates_schemas: false, foreign_tables: 0 }]);
  });

  it("could not replace the helper functions that policies rely on", async () => {
    const { rows } = await withConnection(setting(stack.settings, "OWNER_DATABASE_URL"), (database) =>
      database.query("select distinct proowner::regrole::text as owner from pg_proc where pronamespace = 'auth'::regnamespace"),
    );
    expect(rows).toEqual([{ owner: "postgres" }]);
  });
});
