import { CureInput, cureBlock } from "@herald/campaign";
import { CureAnswer, presentCure } from "../../../../../../../doors/answers/operator.ts";
import { BlockParams } from "../../../../../../../doors/ids.ts";
import { door, fromPath, json, otherMethods } from "../../../../../../../doors/index.ts";

/** POST: the cause of a block is gone; every campaign that it held goes on. Curing a cured block frees nothing. */
export const POST = door({
  auth: "member",
  action: "campaign.control",
  workspace: fromPath,
  audit: "block.cured",
  params: BlockParams,
  body: json(CureInput),
  input: ({ params, body }) => ({ blockId: params.blockId, ...body }),
  verb: cureBlock,
  answer: CureAnswer,
  present: presentCure,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
