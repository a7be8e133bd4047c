import { callDoor } from "../../../acting/call-door.ts";
import type { FoundPerson } from "./use-people-search.client.ts";

type Named = Omit<FoundPerson, "name"> & { readonly displayName: string };

/** People by their ids, those that are still there; null: there was no answer. */
export async function askPeople(workspaceId: string, contactIds: readonly string[]): Promise<readonly FoundPerson[] | null> {
  const query = new URLSearchParams({ contactIds: contactIds.join(",") });
  const done = await callDoor<{ readonly people: readonly Named[] }>(`/api/workspaces/${workspaceId}/people?${query}`);
  return done.ok ? done.value.people.map(({ displayName, ...person }) => ({ ...person, name: displayName })) : null;
}
