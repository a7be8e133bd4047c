import { KillSwitchInput, setSenderKillSwitch } from "@herald/campaign";
import { untilObeyed } from "../../../../../../../doors/after-commit.ts";
import { presentSenderSwitch, SenderSwitchAnswer } from "../../../../../../../doors/answers/operator.ts";
import { SenderParams } from "../../../../../../../doors/ids.ts";
import { door, fromPath, json, otherMethods } from "../../../../../../../doors/index.ts";

/** POST: stops all sending of one number, or lets it go again; once this answers, no new request begins (law L6). */
export const POST = door({
  auth: "member",
  action: "campaign.control",
  workspace: fromPath,
  audit: "sender.kill_switch_set",
  params: SenderParams,
  body: json(KillSwitchInput),
  input: ({ params, body }) => ({ senderId: params.senderId, ...body }),
  verb: setSenderKillSwitch,
  afterCommit: untilObeyed,
  answer: SenderSwitchAnswer,
  present: presentSenderSwitch,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
