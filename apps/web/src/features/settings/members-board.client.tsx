"use client";
import { Button } from "@herald/ui/button";
import { PageHeader, Panel } from "@herald/ui/page-header";
import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { InvitationTable } from "./invitation-table.client.tsx";
import { type Link, LinkDialog } from "./link-dialog.client.tsx";
import { MemberTable } from "./member-table.client.tsx";
import type { MembersScreenProps } from "./members-screen.tsx";

// fetched once somebody points at its button or tabs to it. The dialog of the link is no such part: a link that was made must be shown
const loadInvite = () => import("./invite-dialog.client.tsx").then((module) => module.InviteDialog);
const InviteDialog = dynamic(loadInvite, { ssr: false });
// a failure is told when it is opened
const prepare = (): void => void loadInvite().catch(() => undefined);

/** The part of the members' screen that acts. The link of an invitation lives here only, until its dialog is closed. */
export function MembersBoard(props: Omit<MembersScreenProps, "onlyAdminsSend">) {
  const t = useTranslations("settings");
  const { workspaceId, workspaceName, members, invitations, reachable, zone } = props;
  const [isInviting, setInviting] = useState(false);
  const [link, setLink] = useState<Link | null>(null);
  return (
    <>
      <PageHeader
        title={t("members.title")}
        note={t("members.note", { members: members.length, invitations: invitations?.length ?? 0 })}
        actions={
          reachable.length > 0 ? (
            <Button
              variant="primary"
              icon={<UserPlus size={16} />}
              onPointerEnter={prepare}
              onFocus={prepare}
              onClick={() => setInviting(true)}
            >
              {t("invite.open")}
            </Button>
          ) : null
        }
      />
      <Panel title={t("members.panel", { workspace: workspaceName })}>
        <MemberTable {...props} />
      </Panel>
      {invitations ? (
        <Panel title={t("invitations.panel")}>
          <InvitationTable {...props} invitations={invitations} onLink={setLink} />
        </Panel>
      ) : null}
      {isInviting ? (
        <InviteDialog
          workspaceId={workspaceId}
          roles={reachable}
          onClose={() => setInviting(false)}
          onLink={(made) => {
            setInviting(false);
            setLink(made);
          }}
        />
      ) : null}
      {link ? <LinkDialog link={link} zone={zone} onClose={() => setLink(null)} /> : null}
    </>
  );
}
