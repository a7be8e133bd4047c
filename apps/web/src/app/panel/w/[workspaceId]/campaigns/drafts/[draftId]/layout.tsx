import type { ReactNode } from "react";
import { WizardLayout } from "../../../../../../../features/wizard/wizard-layout.tsx";
import { readMember } from "../../../../../../../panel/member.ts";

export default async function DraftLayout({
  params,
  children,
}: {
  readonly params: Promise<{ readonly workspaceId: string; readonly draftId: string }>;
  readonly children: ReactNode;
}) {
  const { workspaceId, draftId } = await params;
  return (
    <WizardLayout member={await readMember(workspaceId)} draftId={draftId}>
      {children}
    </WizardLayout>
  );
}
