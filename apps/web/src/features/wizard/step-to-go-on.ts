import type { Member } from "../../panel/member.ts";
import type { StepKey } from "./model/draft-content.ts";
import { firstOpenStep, stepStatesOf } from "./model/step-states.ts";
import { readDraft } from "./read-draft.ts";
import { readSenders } from "./read-senders.ts";
import { findTemplate } from "./read-templates.ts";

/** Where somebody who opens a draft goes on. Nothing is counted for it, so checks are taken as passed. */
export async function stepToGoOn(member: Member, draftInPath: string): Promise<StepKey> {
  const [{ saved }, senders] = await Promise.all([readDraft(member, draftInPath), readSenders(member)]);
  const { content } = saved;
  const sourceId = senders.find(({ senderId }) => senderId === content.senderId)?.sourceId;
  const template = sourceId && content.template ? await findTemplate(member, sourceId, content.template) : null;
  const placeholderKeys = template && template.placeholders.map(({ key }) => key);
  return firstOpenStep(stepStatesOf({ content, placeholderKeys, eligible: null, worstCheck: "ok", refusedFields: [] }, Date.now()));
}
