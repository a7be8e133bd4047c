import { createHash } from "node:crypto";
import {
  acceptInvitation,
  changeRole,
  changeSettings,
  type IdentityCtx,
  invite,
  leaveWorkspace,
  listInvitations,
  listMembers,
  lookAtInvitation,
  readAudit,
  readSettings,
  removeMember,
  renewInvitation,
  revokeInvitation,
  roleCan,
} from "@herald/identity";
import { type Err, expectOk, type Ok, type Result, type Role, type UserId, type WorkspaceId } from "@herald/kernel";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aMember, aWorkspace, createWorld, type World } from "../index.ts";

let world: World;
let workspaceId: WorkspaceId;
let olga: UserId;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  workspaceId = await aWorkspace(world.database.owner);
  olga = await aPerson("owner");
});

let no = 0;
const emailOf = new Map<UserId, string>();
/** Somebody whom Auth knows; a member when a role is given. */
async function aPerson(role: Role | null): Promise<UserId> {
  const { owner } = world.database;
  const email = `person-${++no}@example.com`;
  const userId = role === null ? (crypto.randomUUID() as UserId) : (await aMember(owner, workspaceId, role)).userId;
  await owner.query("insert into auth.users (id, email) values ($1, $2)", [userId, email]);
  emailOf.set(userId, email);
  return userId;
}

/** A verb of a member in a transaction of its own, as the doors run it. */
async function as<T, E>(userId: UserId, verb: (ctx: IdentityCtx) => Promise<Result<T, E>>, in_ = workspaceId): Promise<Result<T, E>> {
  const { rows } = await world.database.owner.query<{ role: Role }>(
    "select role from workspace_members where workspace_id = $1 and user_id = $2",
    [in_, userId],
  );
  const role = rows[0]?.role ?? "viewer";
  return world.verbs.inTransaction({ kind: "user", userId, role }, in_, (ports) =>
    verb({ ...ports, allows: (action) => roleCan(role, action, { onlyAdminsSend: false }) }),
  );
}
const accept = (userId: UserId, token: string) =>
  world.verbs.onDoorstep({ userId, email: emailOf.get(userId) ?? null }, (ctx) =>
    acceptInvitation({ ...ctx, userId, email: emailOf.get(userId) ?? null }, { token }),
  );
const invited = async (person: UserId, role: Role = "member") =>
  expectOk(await as(olga, (ctx) => invite(ctx, { email: emailOf.get(person) ?? "", role })), "an owner invites");
const rolesNow = async (): Promise<Record<string, Role>> => {
  const { rows } = await world.database.owner.query<{ user_id: string; role: Role }>(
    "select user_id, role from workspace_members where workspace_id = $1",
    [workspaceId],
  );
  return Object.fromEntries(rows.map((row) => [row.user_id, row.role]));
};
const audited = async (): Promise<readonly string[]> =>
  (
    await world.database.owner.query<{ action: string }>("select action from audit_log where workspace_id = $1 order by id", [workspaceId])
  ).rows.map(({ action }) => action);
const errors = <T, E>(results: readonly Result<T, E>[]): readonly E[] =>
  results.filter((one): one is Err<E> => !one.ok).map(({ error }) => error);
const values = <T, E>(results: readonly Result<T, E>[]): readonly T[] =>
  results.filter((one): one is Ok<T> => one.ok).map(({ value }) => value);

test("two owners who demote each other at once: one of them stays an owner, whoever comes first", async () => {
  for (let round = 0; round < 10; round += 1) {
    const other = await aPerson("owner");
    const done = await Promise.all([
      as(olga, (ctx) => changeRole(ctx, { userId: other, role: "viewer" })),
      as(other, (ctx) => changeRole(ctx, { userId: olga, role: "viewer" })),
    ]);
    expect(values(done)).toHaveLength(1);
    expect(errors(done)).toMatchObject([{ type: "not_allowed" }]);
    expect(Object.values(await rolesNow()).filter((role) => role === "owner")).toHaveLength(1);
    await world.database.owner.query("delete from workspace_members where workspace_id = $1 and user_id <> $2", [workspaceId, olga]);
    await world.database.owner.query("update workspace_members set role = 'owner' where workspace_id = $1", [workspaceId]);
  }
});

test("two owners who leave at once: the second is told to stay", async () => {
  for (let round = 0; round < 10; round += 1) {
    const other = await aPerson("owner");
    const done = await Promise.all([as(olga, leaveWorkspace), as(other, leaveWorkspace)]);
    expect(errors(done)).toEqual([{ type: "last_owner" }]);
    const [left] = Object.keys(await rolesNow());
    if (left !== olga) {
      await world.database.owner.query("update workspace_members set user_id = $2 where workspace_id = $1", [workspaceId, olga]);
    }
  }
});

test("only the SHA-256 of a token is kept", async () => {
  const { token, invitationId } = await invited(await aPerson(null));
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
  const { rows } = await world.database.owner.query("select * from invitations where id = $1", [invitationId]);
  expect(rows[0]?.token_hash).toEqual(createHash("sha256").update(token).digest());
  const dump = await world.database.owner.query("select i::text || a::text as text from invitations i, audit_log a where i.id = $1", [
    invitationId,
  ]);
  expect(JSON.stringify(dump.rows)).not.toContain(token);
});

test("one invitation accepted eight times at once by the invited person makes one member, and every answer is the same", async () => {
  const nina = await aPerson(null);
  const { token } = await invited(nina);
  const done = await Promise.all(Array.from({ length: 8 }, () => accept(nina, token)));
  expect(errors(done)).toEqual([]);
  expect(values(done).map(({ role }) => role)).toEqual(Array.from({ length: 8 }, () => "member"));
  expect(values(done).filter(({ isNew }) => isNew)).toHaveLength(1);
  expect((await rolesNow())[nina]).toBe("member");
  expect(await audited()).toEqual(["member.invited", "invitation.accepted"]);
});

test("accepting while it is revoked or renewed: either in, or refused, never both", async () => {
  for (let round = 0; round < 6; round += 1) {
    const nina = await aPerson(null);
    const { token, invitationId } = await invited(nina);
    const verb = round % 2 === 0 ? revokeInvitation : renewInvitation;
    const [accepted, ended] = await Promise.all([accept(nina, token), as(olga, (ctx) => verb(ctx, { invitationId }))]);
    expect(accepted.ok).not.toBe(ended.ok);
    expect(nina in (await rolesNow())).toBe(accepted.ok);
  }
});

test("an address is invited once, however many invite it at the same moment", async () => {
  const nina = await aPerson(null);
  const done = await Promise.all(
    Array.from({ length: 5 }, () => as(olga, (ctx) => invite(ctx, { email: emailOf.get(nina) ?? "", role: "viewer" }))),
  );
  expect(values(done)).toHaveLength(1);
  expect(errors(done).map(({ type }) => type)).toEqual(Array.from({ length: 4 }, () => "already_invited"));
});

test("nobody gets in by a link that is foreign, used, expired, revoked or made up", async () => {
  const [nina, eve] = [await aPerson(null), await aPerson(null)];
  const { token, invitationId } = await invited(nina);
  expect(await accept(eve, token)).toEqual({ ok: false, error: { type: "invitation_foreign" } });
  expect(await accept(eve, "made-up")).toEqual({ ok: false, error: { type: "invitation_unknown" } });
  await world.database.owner.query("update invitations set expires_at = now() where id = $1", [invitationId]);
  expect(await accept(nina, token)).toEqual({ ok: false, error: { type: "invitation_expired" } });
  const renewed = expectOk(await as(olga, (ctx) => renewInvitation(ctx, { invitationId })), "renews");
  expect(await accept(nina, token)).toEqual({ ok: false, error: { type: "invitation_unknown" } });
  expect(await accept(nina, renewed.token)).toMatchObject({ ok: true });
  await as(olga, (ctx) => removeMember(ctx, { userId: nina }));
  expect(await accept(nina, renewed.token)).toEqual({ ok: false, error: { type: "invitation_used" } });
  expect(Object.keys(await rolesNow())).toEqual([olga]);
});

test("the database refuses by itself what the rules refuse: no verb can let somebody in who was not invited", async () => {
  const [nina, eve] = [await aPerson(null), await aPerson(null)];
  const { token } = await invited(nina);
  // a verb that forgets to ask: it joins whatever it finds
  const careless = (userId: UserId, email: string | null) =>
    world.verbs.onDoorstep({ userId, email }, async (ctx) => {
      const found = await ctx.doorstep.find(token, { hold: true });
      if (found) await ctx.doorstep.join(found);
    });
  await expect(careless(eve, emailOf.get(eve) ?? null)).rejects.toThrow("could not be joined");
  await expect(careless(nina, null)).rejects.toThrow("could not be joined");
  expect(Object.keys(await rolesNow())).toEqual([olga]);
});

test("a removed admin invites nobody at the same moment, and the links they made are worth nothing", async () => {
  const nina = await aPerson(null);
  for (let round = 0; round < 6; round += 1) {
    const adam = await aPerson("admin");
    const earlier = await as(adam, (ctx) => invite(ctx, { email: `earlier-${round}@example.com`, role: "viewer" }));
    const [removed, link] = await Promise.all([
      as(olga, (ctx) => removeMember(ctx, { userId: adam })),
      as(adam, (ctx) => invite(ctx, { email: emailOf.get(nina) ?? "", role: "admin" })),
    ]);
    expect([earlier.ok, removed.ok]).toEqual([true, true]);
    expect(expectOk(await as(olga, listInvitations), "lists")).toEqual([]);
    const answers = await Promise.all(values([link]).map(({ token }) => accept(nina, token)));
    expect(errors(answers)).toHaveLength(answers.length);
    expect(nina in (await rolesNow())).toBe(false);
  }
});

test("members are listed with their addresses, owners first; whoever looks from outside sees nobody", async () => {
  const vera = await aPerson("viewer");
  const adam = await aPerson("admin");
  const seen = expectOk(await as(vera, listMembers), "a viewer lists");
  expect(seen.map(({ userId, role, email }) => [userId, role, email])).toEqual(
    [olga, adam, vera].map((id, at) => [id, ["owner", "admin", "viewer"][at], emailOf.get(id)]),
  );
  const elsewhere = await aWorkspace(world.database.owner);
  const foreigner = (await aMember(world.database.owner, elsewhere, "owner")).userId;
  expect(expectOk(await as(foreigner, listMembers), "lists")).toEqual([]);
  expect(await as(foreigner, (ctx) => changeRole({ ...ctx, allows: () => true }, { userId: vera, role: "admin" }))).toMatchObject({
    error: { type: "not_allowed" },
  });
});

test("whoever is a member, however the address is written, is not invited again", async () => {
  const vera = await aPerson("viewer");
  await world.database.owner.query("update auth.users set email = upper(email) where id = $1", [vera]);
  expect(await as(olga, (ctx) => invite(ctx, { email: emailOf.get(vera) ?? "", role: "member" }))).toEqual({
    ok: false,
    error: { type: "already_member" },
  });
});

test("looking at a link needs no session, and uses nothing up", async () => {
  const nina = await aPerson(null);
  const { token } = await invited(nina, "viewer");
  for (let times = 0; times < 2; times += 1)
    expect(await world.verbs.onDoorstep(null, (ctx) => lookAtInvitation(ctx, { token }))).toMatchObject({
      ok: true,
      value: { email: emailOf.get(nina), role: "viewer", memberAs: null },
    });
  expect(await accept(nina, token)).toMatchObject({ ok: true });
});

test("settings keep what two people change at once, and the log tells before and after", async () => {
  const adam = await aPerson("admin");
  await Promise.all([
    as(olga, (ctx) => changeSettings(ctx, { maxRecipients: 777, frequencyCapHours: 36 })),
    as(adam, (ctx) => changeSettings(ctx, { onlyAdminsSend: true, defaultCountry: null })),
  ]);
  expect(expectOk(await as(olga, readSettings), "reads")).toMatchObject({
    maxRecipients: 777,
    frequencyCapHours: 36,
    onlyAdminsSend: true,
    defaultCountry: null,
  });
  const { rows } = await world.database.owner.query("select frequency_cap = interval '36 hours' as is from workspaces where id = $1", [
    workspaceId,
  ]);
  expect(rows).toEqual([{ is: true }]);
  await as(olga, (ctx) => changeSettings(ctx, { frequencyCapHours: null }));
  const { entries } = expectOk(await as(adam, (ctx) => readAudit(ctx, { limit: 10 })), "reads the log");
  expect(entries[0]).toMatchObject({
    action: "workspace.settings_changed",
    actorEmail: emailOf.get(olga),
    detail: { frequencyCapHours: { before: 36, after: null } },
  });
});

test("the log still names whoever left, and only to admins of the workspace", async () => {
  const mia = await aPerson("member");
  await as(mia, leaveWorkspace);
  const { entries } = expectOk(await as(olga, (ctx) => readAudit(ctx, { limit: 10, action: "member.left" })), "reads");
  expect(entries).toMatchObject([
    { actorEmail: emailOf.get(mia), resourceName: emailOf.get(mia), detail: { role: "member", invitationsRevoked: 0 } },
  ]);
  const vera = await aPerson("viewer");
  const past = await as(vera, (ctx) => readAudit({ ...ctx, allows: () => true }, { limit: 10 }));
  expect(expectOk(past, "past the rule").entries.map(({ actorEmail }) => actorEmail)).toEqual([null]);
});
