import { EmptyState } from "@herald/ui/empty-state";
import { Users } from "lucide-react";
import { wordsOf } from "../../words/reader.server.ts";
import { SignOutButton } from "./sign-out.client.tsx";

/** Somebody who is signed in and belongs to no workspace: whoever invites them has to do something first. */
export function NoWorkspace() {
  const t = wordsOf("shell");
  return (
    <EmptyState icon={<Users size={20} />} title={t("noWorkspace.title")} action={<SignOutButton />}>
      {t("noWorkspace.text")}
    </EmptyState>
  );
}
