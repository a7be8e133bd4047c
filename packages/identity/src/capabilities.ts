import type { Role } from "@herald/kernel";
import type { Action } from "./actions.ts";

/** Rules that a workspace sets for itself. */
export type Policy = {
  /** Members keep composing and previewing; sending, approving and stopping is left to admins and owners. */
  readonly onlyAdminsSend: boolean;
};

/** `unless_only_admins_send`: yes, as long as the workspace has not switched that policy on. */
export type Grant = "yes" | "no" | "unless_only_admins_send";

type Row = readonly [owner: Grant, admin: Grant, member: Grant, viewer: Grant];

const everybody: Row = ["yes", "yes", "yes", "yes"];
const membersUp: Row = ["yes", "yes", "yes", "no"];
const membersUnlessPolicy: Row = ["yes", "yes", "unless_only_admins_send", "no"];
const adminsUp: Row = ["yes", "yes", "no", "no"];
const ownersOnly: Row = ["yes", "no", "no", "no"];

/** The one table of what each role may do. Doors and verbs ask `can()`; nothing else in the product compares roles. */
const rowsByAction: Readonly<Record<Action, Row>> = {
  "workspace.read": everybody,
  "workspace.delete": ownersOnly,
  "settings.manage": adminsUp,
  "members.manage": adminsUp,
  "billing.read": adminsUp,
  "billing.manage": ownersOnly,
  "api_keys.manage": adminsUp,
  "sources.connect": adminsUp,
  "audit.read": adminsUp,
  "contacts.read": everybody,
  "contacts.import": membersUp,
  "contacts.write": membersUp,
  "contacts.export": adminsUp,
  "contacts.erase": adminsUp,
  // adding to the opt-out register protects people, taking off it does not
  "consent.add": membersUp,
  "consent.remove": adminsUp,
  "templates.read": everybody,
  "templates.manage": membersUp,
  "campaign.read": everybody,
  "campaign.preview": membersUp,
  "campaign.write": membersUp,
  "campaign.approve": adminsUp,
  "campaign.send": membersUnlessPolicy,
  "campaign.control": membersUnlessPolicy,
  // a kill switch is thrown by whoever may pause; letting everything go again is for those who answer for the workspace
  "sending.resume": adminsUp,
  "conversation.read": everybody,
  "conversation.reply": membersUp,
};

const columnOf: Readonly<Record<Role, number>> = { owner: 0, admin: 1, member: 2, viewer: 3 };

export const grantOf = (role: Role, action: Action): Grant => rowsByAction[action][columnOf[role]] ?? "no";
