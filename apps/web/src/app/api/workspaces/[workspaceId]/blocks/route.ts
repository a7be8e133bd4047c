import { listBlocks } from "@herald/campaign";
import { BlocksAnswer, presentBlocks } from "../../../../../doors/answers/operator.ts";
import { WorkspaceParams } from "../../../../../doors/ids.ts";
import { door, fromPath, otherMethods } from "../../../../../doors/index.ts";

/** GET: what stops a number, an account or a template of the workspace until its cause is gone. */
export const GET = door({
  auth: "member",
  action: "campaign.read",
  workspace: fromPath,
  audit: null,
  params: WorkspaceParams,
  input: () => null,
  verb: listBlocks,
  answer: BlocksAnswer,
  present: presentBlocks,
});

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods("GET");
