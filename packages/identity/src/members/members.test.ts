import { type Role, roles } from "@herald/kernel";
import { expect, test } from "vitest";
import { changeRole, invite, leaveWorkspace, removeMember } from "../index.ts";
import { HouseInMemory } from "../testing/house-in-memory.ts";

const house = () => {
  const shop = new HouseInMemory();
  return { shop, olga: shop.person("olga@example.com", "owner"), adam: shop.person("adam@example.com", "admin") };
};

test("the last owner can neither leave, nor be demoted, nor be removed, by anybody", async () => {
  const { shop, olga } = house();
  const refused = { ok: false, error: { type: "last_owner" } };
  expect(await leaveWorkspace(shop.as(olga))).toEqual(refused);
  for (const role of ["admin", "member", "viewer"] as const)
    expect(await changeRole(shop.as(olga), { userId: olga, role })).toEqual(refused);
  expect(await removeMember(shop.as(olga), { userId: olga })).toEqual(refused);
  expect(shop.members.get(olga)).toBe("owner");
  expect(shop.audit).toEqual([]);
});

test("with a second owner, the first may go", async () => {
  const { shop, olga, adam } = house();
  expect(await changeRole(shop.as(olga), { userId: adam, role: "owner" })).toMatchObject({ ok: true });
  expect(await leaveWorkspace(shop.as(olga))).toMatchObject({ ok: true });
  expect([...shop.members]).toEqual([[adam, "owner"]]);
});

const mayTouch = (own: Role, role: Role): boolean => (own === "owner" || own === "admin") && roles.indexOf(own) <= roles.indexOf(role);

test.each(roles.flatMap((own) => roles.flatMap((from) => roles.map((to) => [own, from, to] as const))))(
  "a %s changes a %s to %s only when neither is above the own role",
  async (own, from, to) => {
    const { shop } = house();
    const actor = shop.person("actor@example.com", own);
    const member = shop.person("member@example.com", from);
    const done = await changeRole(shop.as(actor), { userId: member, role: to });
    expect(done.ok).toBe(mayTouch(own, from) && mayTouch(own, to));
    expect(shop.members.get(member)).toBe(done.ok ? to : from);
  },
);

test.each(roles.flatMap((own) => roles.map((role) => [own, role] as const)))(
  "a %s removes a %s only from the own role down",
  async (own, role) => {
    const { shop } = house();
    const actor = shop.person("actor@example.com", own);
    const member = shop.person("member@example.com", role);
    expect((await removeMember(shop.as(actor), { userId: member })).ok).toBe(mayTouch(own, role));
    expect(shop.members.has(member)).toBe(!mayTouch(own, role));
  },
);

test("anybody else may leave, whatever the role", async () => {
  for (const role of ["admin", "member", "viewer"] as const) {
    const { shop } = house();
    const person = shop.person("person@example.com", role);
    expect(await leaveWorkspace(shop.as(person))).toEqual({ ok: true, value: { userId: person, role } });
    expect(shop.audit).toEqual([{ action: "member.left", resource: person, detail: { role, invitationsRevoked: 0 } }]);
  }
});

test("what counts is what the actor is now, not what the session said a moment ago", async () => {
  const { shop, olga, adam } = house();
  const viewer = shop.person("vera@example.com", "viewer");
  const stale = shop.as(adam, "admin");
  shop.members.set(adam, "viewer");
  expect(await changeRole(stale, { userId: viewer, role: "member" })).toMatchObject({ error: { type: "not_allowed" } });
  shop.members.delete(adam);
  expect(await removeMember(stale, { userId: viewer })).toMatchObject({ error: { type: "not_allowed" } });
  expect(await invite(stale, { email: "new@example.com", role: "viewer" })).toMatchObject({ error: { type: "not_allowed" } });
  expect(await leaveWorkspace(stale)).toMatchObject({ error: { type: "not_allowed" } });
  expect(shop.members.size).toBe(2);
  expect(shop.members.get(olga)).toBe("owner");
});

test("open invitations end with the right of whoever made them", async () => {
  const { shop, olga } = house();
  const other = shop.person("other@example.com", "owner");
  await invite(shop.as(other), { email: "as-owner@example.com", role: "owner" });
  await invite(shop.as(other), { email: "as-viewer@example.com", role: "viewer" });
  await changeRole(shop.as(olga), { userId: other, role: "admin" });
  expect([...shop.invitations.values()].map(({ email }) => email)).toEqual(["as-viewer@example.com"]);
  await removeMember(shop.as(olga), { userId: other });
  expect(shop.invitations.size).toBe(0);
  expect(shop.audit.slice(-2).map(({ action, detail }) => [action, detail["invitationsRevoked"]])).toEqual([
    ["member.role_changed", 1],
    ["member.removed", 1],
  ]);
});

test("the role that somebody has already is no change, and somebody who is no member is not found", async () => {
  const { shop, olga, adam } = house();
  expect(await changeRole(shop.as(olga), { userId: adam, role: "admin" })).toEqual({ ok: true, value: { userId: adam, role: "admin" } });
  expect(shop.audit).toEqual([]);
  const stranger = shop.person("stranger@example.com");
  expect(await changeRole(shop.as(olga), { userId: stranger, role: "viewer" })).toMatchObject({ error: { type: "not_found" } });
  expect(await removeMember(shop.as(olga), { userId: stranger })).toMatchObject({ error: { type: "not_found" } });
});
