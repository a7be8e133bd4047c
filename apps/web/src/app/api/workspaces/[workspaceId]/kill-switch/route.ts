import { KillSwitchInput, setWorkspaceKillSwitch } from "@herald/campaign";
import { untilObeyed } from "../../../../../doors/after-commit.ts";
import { presentWorkspaceSwitch, WorkspaceSwitchAnswer } from "../../../../../doors/answers/operator.ts";
import { WorkspaceParams } from "../../../../../doors/ids.ts";
import { door, fromPath, json, otherMethods } from "../../../../../doors/index.ts";

/** POST: stops all sending of the workspace, or lets it go again; once this answers, no new request begins (law L6). */
export const POST = door({
  auth: "member",
  action: "campaign.control",
  workspace: fromPath,
  audit: "workspace.kill_switch_set",
  params: WorkspaceParams,
  body: json(KillSwitchInput),
  input: ({ body }) => body,
  verb: setWorkspaceKillSwitch,
  afterCommit: untilObeyed,
  answer: WorkspaceSwitchAnswer,
  present: presentWorkspaceSwitch,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
