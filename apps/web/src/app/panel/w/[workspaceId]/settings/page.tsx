import { countries } from "@herald/contacts";
import { listMembers, readSettings } from "@herald/identity";
import { expectOk } from "@herald/kernel";
import type { Metadata } from "next";
import { SettingsScreen } from "../../../../../features/settings/settings.tsx";
import { readMember } from "../../../../../panel/member.ts";
import { ClientWords } from "../../../../../words/client-words.tsx";
import { wordsOf } from "../../../../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("settings")("title") });

export default async function SettingsPage({ params }: { readonly params: Promise<{ readonly workspaceId: string }> }) {
  const member = await readMember((await params).workspaceId);
  const mayChange = member.allows("settings.manage");
  const [settings, people] = await Promise.all([member.read(readSettings), mayChange ? null : member.read(listMembers)]);
  const keepers = people ? expectOk(people, "a member reads the members") : [];
  return (
    <ClientWords parts={["settings"]}>
      <SettingsScreen
        workspaceId={member.workspaceId}
        settings={expectOk(settings, "a member reads the settings")}
        countries={countries}
        mayChange={mayChange}
        mayReadAudit={member.allows("audit.read")}
        keepers={keepers.flatMap(({ role, email }) => (email !== null && (role === "owner" || role === "admin") ? [email] : []))}
      />
    </ClientWords>
  );
}
