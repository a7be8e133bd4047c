import { readAudit } from "@herald/identity";
import { expectOk } from "@herald/kernel";
import type { Metadata } from "next";
import { AuditRefused, AuditScreen } from "../../../../../../features/settings/audit-screen.tsx";
import { readMember } from "../../../../../../panel/member.ts";
import { ClientWords } from "../../../../../../words/client-words.tsx";
import { wordsOf } from "../../../../../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("settings")("audit.title") });

const entriesPerPage = 50;
type Search = Readonly<Record<string, string | string[] | undefined>>;

export default async function AuditPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly workspaceId: string }>;
  readonly searchParams: Promise<Search>;
}) {
  const member = await readMember((await params).workspaceId);
  if (!member.allows("audit.read")) return <AuditRefused workspaceId={member.workspaceId} />;
  const search = await searchParams;
  const action = textOf(search["action"], /^[a-z_]{1,40}\.[a-z_]{1,40}$/);
  const before = textOf(search["before"], /^[1-9]\d{0,17}$/);
  const page = expectOk(
    await member.read((ctx) => readAudit(ctx, { action, before, limit: entriesPerPage })),
    "the right was asked before",
  );
  return (
    <ClientWords parts={["settings"]}>
      <AuditScreen workspaceId={member.workspaceId} page={page} action={action} before={before} />
    </ClientWords>
  );
}

/** What stands in the address, where it can be what it should be. */
const textOf = (given: string | string[] | undefined, form: RegExp): string | undefined =>
  typeof given === "string" && form.test(given) ? given : undefined;
