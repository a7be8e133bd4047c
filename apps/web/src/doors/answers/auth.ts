import { roles, type UserId } from "@herald/kernel";
import { z } from "zod";
import type { Membership } from "../services.ts";
import { isoOf, time } from "./times.ts";

const Workspaces = z.array(z.strictObject({ workspaceId: z.uuid(), name: z.string(), role: z.enum(roles), onlyAdminsSend: z.boolean() }));

export const SignInAnswer = z.strictObject({
  userId: z.uuid(),
  accessToken: z.string().nullable(),
  expiresAt: time,
  workspaces: Workspaces,
});
export const MeAnswer = z.strictObject({ userId: z.uuid(), email: z.string().nullable(), workspaces: Workspaces });
export const SignOutAnswer = z.strictObject({ signedOut: z.literal(true) });

export const workspacesOf = (memberships: readonly Membership[]): z.input<typeof Workspaces> =>
  memberships.map(({ workspaceId, name, role, onlyAdminsSend }) => ({ workspaceId, name, role, onlyAdminsSend }));

/** Somebody who is in, by whichever way. */
export const presentSignedIn = (signedIn: {
  readonly userId: UserId;
  readonly accessToken: string | null;
  readonly expiresAtMs: number;
  readonly memberships: readonly Membership[];
}): z.input<typeof SignInAnswer> => ({
  userId: signedIn.userId,
  accessToken: signedIn.accessToken,
  expiresAt: isoOf(signedIn.expiresAtMs),
  workspaces: workspacesOf(signedIn.memberships),
});
