import { type Actor, assertNever, type Role } from "@herald/kernel";
import type { Action } from "./actions.ts";
import { grantOf, type Policy } from "./capabilities.ts";

/**
 * Whether an actor may do something under the policy of the workspace. The workspace itself is not asked about here: that an actor
 * belongs to it was decided when the role was read.
 * A system job and a webhook act through ports of their own, never through a member's verb, so they have no capability.
 */
export function can(actor: Actor, action: Action, policy: Policy): boolean {
  switch (actor.kind) {
    case "user":
    case "api_key":
      return roleCan(actor.role, action, policy);
    case "system":
    case "webhook":
      return false;
    default:
      return assertNever(actor);
  }
}

export function roleCan(role: Role, action: Action, policy: Policy): boolean {
  const grant = grantOf(role, action);
  return grant === "yes" || (grant === "unless_only_admins_send" && !policy.onlyAdminsSend);
}
