import { type Actor, parseUserId, type Role, roles } from "@herald/kernel";
import { expect, test } from "vitest";
import { type Action, actions, can, roleCan } from "./index.ts";

const word = (role: Role, action: Action): string => {
  const free = roleCan(role, action, { onlyAdminsSend: false });
  const strict = roleCan(role, action, { onlyAdminsSend: true });
  if (strict) return "yes";
  return free ? "policy" : "·";
};

test("what each role may do, whole ('policy': only while the workspace does not leave sending to admins)", () => {
  const line = (cells: readonly string[]): string =>
    `${(cells[0] ?? "").padEnd(18)} ${cells
      .slice(1)
      .map((cell) => cell.padEnd(6))
      .join(" ")}`.trimEnd();
  const table = [line(["", ...roles]), ...actions.map((action) => line([action, ...roles.map((role) => word(role, action))]))].join("\n");
  expect(table).toMatchInlineSnapshot(`
    "                   owner  admin  member viewer
    workspace.read     yes    yes    yes    yes
    workspace.delete   yes    ·      ·      ·
    settings.manage    yes    yes    ·      ·
    members.manage     yes    yes    ·      ·
    billing.read       yes    yes    ·      ·
    billing.manage     yes    ·      ·      ·
    api_keys.manage    yes    yes    ·      ·
    sources.connect    yes    yes    ·      ·
    audit.read         yes    yes    ·      ·
    contacts.read      yes    yes    yes    yes
    contacts.import    yes    yes    yes    ·
    contacts.write     yes    yes    yes    ·
    contacts.export    yes    yes    ·      ·
    contacts.erase     yes    yes    ·      ·
    consent.add        yes    yes    yes    ·
    consent.remove     yes    yes    ·      ·
    templates.read     yes    yes    yes    yes
    templates.manage   yes    yes    yes    ·
    campaign.read      yes    yes    yes    yes
    campaign.preview   yes    yes    yes    ·
    campaign.write     yes    yes    yes    ·
    campaign.approve   yes    yes    ·      ·
    campaign.send      yes    yes    policy ·
    campaign.control   yes    yes    policy ·
    sending.resume     yes    yes    ·      ·
    conversation.read  yes    yes    yes    yes
    conversation.reply yes    yes    yes    ·"
  `);
});

test("a higher role may do whatever a lower one may, under either policy", () => {
  for (const onlyAdminsSend of [true, false]) {
    for (const action of actions) {
      const allowed = roles.map((role) => roleCan(role, action, { onlyAdminsSend }));
      expect(allowed, action).toEqual([...allowed].toSorted((one, other) => Number(other) - Number(one)));
    }
  }
});

test("no policy takes anything from owners and admins, or gives anything to a viewer", () => {
  for (const action of actions) {
    for (const role of ["owner", "admin", "viewer"] as const) {
      expect(roleCan(role, action, { onlyAdminsSend: true })).toBe(roleCan(role, action, { onlyAdminsSend: false }));
    }
  }
});

test("a person and an API key are judged by their role; system jobs and webhooks have no capability", () => {
  const userId = parseUserId("00000000-0000-4000-8000-000000000001");
  if (!userId) throw new Error("not an id");
  const policy = { onlyAdminsSend: false };
  const member: Actor = { kind: "user", userId, role: "member" };
  const key: Actor = { kind: "api_key", apiKeyId: "k", role: "viewer" };
  expect(can(member, "campaign.send", policy)).toBe(true);
  expect(can(member, "campaign.send", { onlyAdminsSend: true })).toBe(false);
  expect(can(key, "campaign.read", policy)).toBe(true);
  expect(can(key, "campaign.send", policy)).toBe(false);
  for (const actor of [
    { kind: "system", name: "watchdog" },
    { kind: "webhook", provider: "meta" },
  ] as const satisfies Actor[]) {
    expect(actions.filter((action) => can(actor, action, policy))).toEqual([]);
  }
});
