import type { Member } from "./member.ts";
import { rowsOf } from "./rows.ts";

/** Members of the workspace by their ids, as colleagues call them: the part of the address before the @. */
export async function namesOfColleagues({
  db,
  workspaceId,
}: Pick<Member, "db" | "workspaceId">): Promise<Readonly<Record<string, string>>> {
  const people = await db
    .from("workspace_people")
    .select("user_id,email")
    .eq("workspace_id", workspaceId)
    .limit(1000)
    .overrideTypes<{ readonly user_id: string; readonly email: string | null }[], { merge: false }>();
  return Object.fromEntries(rowsOf(people).flatMap(({ user_id, email }) => (email ? [[user_id, email.split("@")[0] ?? ""]] : [])));
}
