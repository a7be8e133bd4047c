import { days, expectOk, roles } from "@herald/kernel";
import { expect, test } from "vitest";
import {
  acceptInvitation,
  changeRole,
  InviteInput,
  invite,
  listInvitations,
  lookAtInvitation,
  PasswordInput,
  removeMember,
  renewInvitation,
  revokeInvitation,
} from "../index.ts";
import { HouseInMemory } from "../testing/house-in-memory.ts";

const email = "nina@example.com";
const invited = async (role: "owner" | "admin" | "member" | "viewer" = "member") => {
  const shop = new HouseInMemory();
  const olga = shop.person("olga@example.com", "owner");
  const link = expectOk(await invite(shop.as(olga), { email, role }), "an owner invites");
  return { shop, olga, link, nina: shop.person(email) };
};
const refused = (type: string) => ({ ok: false, error: { type } });

test.each(roles.flatMap((own) => roles.map((role) => [own, role] as const)))(
  "a %s invites a %s only from the own role down",
  async (own, role) => {
    const shop = new HouseInMemory();
    shop.person("olga@example.com", "owner");
    const may = (own === "owner" || own === "admin") && roles.indexOf(own) <= roles.indexOf(role);
    expect((await invite(shop.as(shop.person("actor@example.com", own)), { email, role })).ok).toBe(may);
    expect(shop.invitations.size).toBe(may ? 1 : 0);
  },
);

test("an invitation makes the invited person a member, once; again by the same person is harmless", async () => {
  const { shop, link, nina } = await invited();
  const token = { token: link.token };
  expect(expectOk(await lookAtInvitation(shop.visitor(nina), token), "looks")).toMatchObject({
    email,
    role: "member",
    workspaceName: "Shop",
  });
  expect(await acceptInvitation(shop.visitor(nina), token)).toMatchObject({ ok: true, value: { role: "member", isNew: true } });
  expect(await acceptInvitation(shop.visitor(nina), token)).toMatchObject({ ok: true, value: { role: "member", isNew: false } });
  expect(shop.audit.map(({ action }) => action)).toEqual(["member.invited", "invitation.accepted"]);
  expect(await lookAtInvitation(shop.visitor(nina), token)).toEqual(refused("invitation_used"));
});

test("nobody else gets in by it: not another person, and not the same one after being removed", async () => {
  const { shop, olga, link, nina } = await invited();
  const token = { token: link.token };
  const eve = shop.person("eve@example.com");
  expect(await acceptInvitation(shop.visitor(eve), token)).toEqual(refused("invitation_foreign"));
  await acceptInvitation(shop.visitor(nina), token);
  expect(await acceptInvitation(shop.visitor(eve), token)).toEqual(refused("invitation_used"));
  await removeMember(shop.as(olga), { userId: nina });
  expect(await acceptInvitation(shop.visitor(nina), token)).toEqual(refused("invitation_used"));
  expect(shop.members.has(nina)).toBe(false);
});

test("it ends after seven days, and a new link begins them anew", async () => {
  const { shop, olga, link, nina } = await invited();
  expect(link.expiresAtMs).toBe(shop.nowMs + days(7));
  shop.nowMs += days(7);
  expect(await acceptInvitation(shop.visitor(nina), link)).toEqual(refused("invitation_expired"));
  expect(await lookAtInvitation(shop.visitor(nina), link)).toEqual(refused("invitation_expired"));
  const renewed = expectOk(await renewInvitation(shop.as(olga), link), "renews");
  expect(renewed.expiresAtMs).toBe(shop.nowMs + days(7));
  expect(await acceptInvitation(shop.visitor(nina), link)).toEqual(refused("invitation_unknown"));
  expect(await acceptInvitation(shop.visitor(nina), renewed)).toMatchObject({ ok: true });
});

test("a revoked link and one that was never made answer alike", async () => {
  const { shop, olga, link, nina } = await invited();
  expect(await revokeInvitation(shop.as(olga), link)).toMatchObject({ ok: true });
  const answers = [await acceptInvitation(shop.visitor(nina), link), await acceptInvitation(shop.visitor(nina), { token: "never" })];
  expect(answers).toEqual([refused("invitation_unknown"), refused("invitation_unknown")]);
  expect(await revokeInvitation(shop.as(olga), link)).toMatchObject({ error: { type: "not_found" } });
});

test("an admin touches no invitation of an owner: neither renews its link nor revokes it", async () => {
  const { shop, link } = await invited("owner");
  const adam = shop.person("adam@example.com", "admin");
  expect(await renewInvitation(shop.as(adam), link)).toMatchObject({ error: { type: "role_too_high", role: "owner", own: "admin" } });
  expect(await revokeInvitation(shop.as(adam), link)).toMatchObject({ error: { type: "role_too_high" } });
});

test("one open invitation per address; who is a member needs none", async () => {
  const { shop, olga, link, nina } = await invited();
  expect(await invite(shop.as(olga), { email, role: "viewer" })).toEqual({
    ok: false,
    error: { type: "already_invited", invitationId: link.invitationId },
  });
  await acceptInvitation(shop.visitor(nina), link);
  expect(await invite(shop.as(olga), { email, role: "viewer" })).toEqual(refused("already_member"));
});

test("a link neither raises nor lowers the role that somebody has", async () => {
  const { shop, olga, link, nina } = await invited("viewer");
  shop.members.set(nina, "member");
  expect(await acceptInvitation(shop.visitor(nina), link)).toMatchObject({ ok: true, value: { role: "member", isNew: false } });
  await changeRole(shop.as(olga), { userId: nina, role: "admin" });
  expect(await acceptInvitation(shop.visitor(nina), link)).toMatchObject({ ok: true, value: { role: "admin", isNew: false } });
});

test("the person is known by the address as Auth keeps it, however the inviter wrote it", async () => {
  expect(InviteInput.parse({ email: "  Nina@Example.COM ", role: "viewer" })).toEqual({ email, role: "viewer" });
  const { shop, link, nina } = await invited();
  expect(await acceptInvitation({ ...shop.visitor(nina), email: "NINA@example.com" }, link)).toMatchObject({ ok: true });
  const another = await invited();
  const nobody = { ...another.shop.visitor(another.nina), email: null };
  expect(await acceptInvitation(nobody, another.link)).toEqual(refused("invitation_foreign"));
});

test("addresses of the invited are shown to whoever may invite, and stand in no audit entry", async () => {
  const { shop, olga } = await invited();
  expect(expectOk(await listInvitations(shop.as(olga)), "lists")).toMatchObject([{ email, invitedBy: "olga@example.com" }]);
  const member = shop.person("mia@example.com", "member");
  expect(await listInvitations(shop.as(member))).toMatchObject({ error: { type: "not_allowed" } });
  expect(JSON.stringify(shop.audit)).not.toContain("example.com");
});

test.each([
  ["eleven char", false],
  ["twelve chars", true],
  ["x".repeat(72), true],
  ["x".repeat(73), false],
  ["ü".repeat(36), true],
  ["ü".repeat(37), false],
  ["😀".repeat(18), true],
  ["😀".repeat(19), false],
])("a password is twelve characters at least and 72 bytes at most: %s", (password, isGood) => {
  expect(PasswordInput.safeParse(password).success).toBe(isGood);
});
