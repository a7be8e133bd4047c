import type { Action } from "@herald/identity";
import { can } from "@herald/identity";
import { err, type NotAllowed, type NotFound, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import type { WorkspaceFrom } from "./declaration.ts";
import type { Access, Services, Session } from "./services.ts";

/** From a signed-in person to an actor of one workspace: what is not a member's, does not exist; what the role may not, is refused. */
export async function enterWorkspace<Params, Body>(
  services: Services,
  session: Session,
  workspace: WorkspaceFrom<Params, Body>,
  parsed: { readonly params: Params; readonly body: Body },
  action: Action,
): Promise<Result<Access, NotFound | NotAllowed>> {
  const missing = notFound(resourceOf(workspace));
  const workspaceId =
    workspace.from === "campaign"
      ? await services.directory.workspaceOfCampaign(session.userId, workspace.of(parsed.params))
      : workspace.from === "path"
        ? workspace.of(parsed.params)
        : workspace.ofBody(parsed.body);
  const membership = workspaceId && (await services.directory.membershipOf(session.userId, workspaceId));
  if (!workspaceId || !membership) return err(missing);
  const actor = { kind: "user", userId: session.userId, role: membership.role } as const;
  const allows = (wanted: Action): boolean => can(actor, wanted, membership);
  return allows(action) ? ok({ actor, workspaceId, allows }) : err(notAllowed(action));
}

/** What a caller is told to be missing: the same word for an unknown, a foreign and a malformed id. */
export const resourceOf = ({ from }: { readonly from: string }): string => (from === "campaign" ? "campaign" : "workspace");
