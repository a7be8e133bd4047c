"use server";
import { readMember } from "../../panel/member.ts";
import type { SavedDraft } from "./model/draft-store.ts";
import { findDraft } from "./read-draft.ts";
import { type Person, peopleByIds } from "./read-people.ts";

/** The names of people whom a draft names by id. */
export async function askPeopleByIds(workspaceId: string, contactIds: readonly string[]): Promise<readonly Person[]> {
  return peopleByIds(await readMember(workspaceId), contactIds);
}

/** A draft as it is stored now. */
export async function askDraft(workspaceId: string, draftId: string): Promise<SavedDraft | null> {
  return (await findDraft(await readMember(workspaceId), draftId))?.saved ?? null;
}
