import { type Action, can } from "@herald/identity";
import { parseWorkspaceId, type Result, type UserId, type WorkspaceId } from "@herald/kernel";
import type { SupabaseClient } from "@supabase/supabase-js";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { services } from "../container.ts";
import type { Failure } from "../doors/failures.ts";
import type { Membership, Session, VerbCtx } from "../doors/services.ts";
import { pathHeader, signInPath } from "./sign-in-path.ts";

/** Who looks at a screen of a workspace, and what the screen may ask for in that person's name. */
export type Member = {
  readonly userId: UserId;
  readonly email: string | null;
  readonly workspaceId: WorkspaceId;
  readonly workspace: Membership;
  readonly allows: (action: Action) => boolean;
  /** PostgREST under the member's own token: row-level security proves the isolation (law L10). */
  readonly db: SupabaseClient;
  /** A verb that only reads, in one transaction, where a screen shows what a door would answer. */
  readonly read: <T, E extends Failure>(verb: (ctx: VerbCtx) => Promise<Result<T, E>>) => Promise<Result<T, E>>;
};

/** The session of the request that renders. No session: to the sign-in page and back here afterwards. */
export const readSession = cache(async (): Promise<Session> => {
  const given = await headers();
  const { sessions, publicUrl } = await services();
  const session = await sessions.read(new Request(publicUrl, { headers: given }));
  if (session.ok) return session.value;
  if (session.error.type === "unavailable") throw new Error("sign-in does not answer");
  redirect(signInPath(given.get(pathHeader)));
});

/** All workspaces of the signed-in person. */
export const readMemberships = cache(async (): Promise<readonly Membership[]> => {
  const session = await readSession();
  return (await services()).directory.memberships(session.userId);
});

/** The member of the workspace in the address; a workspace that is unknown, foreign or misspelt answers alike: there is no such page. */
export const readMember = cache(async (workspaceInPath: string): Promise<Member> => {
  const session = await readSession();
  const workspaceId = parseWorkspaceId(workspaceInPath);
  const workspace = (await readMemberships()).find((membership) => membership.workspaceId === workspaceId);
  if (workspaceId === null || !workspace) notFound();
  const { readerOf, transactions } = await services();
  const actor = { kind: "user", userId: session.userId, role: workspace.role } as const;
  const allows = (action: Action): boolean => can(actor, action, workspace);
  const member: Omit<Member, "db"> = {
    userId: session.userId,
    email: session.email,
    workspaceId,
    workspace,
    allows,
    read: (verb) => transactions.run({ actor, workspaceId, allows }, verb),
  };
  const db = readerOf(session);
  // not enumerable: React's development build looks into everything that a screen awaits, and the client throws at whoever looks into it
  return Object.defineProperty(member, "db", { value: db }) as Member;
});
