"use client";
import { Badge } from "@herald/ui/badge";
import { Button } from "@herald/ui/button";
import { ConfirmDialog } from "@herald/ui/confirm-dialog";
import { Time } from "@herald/ui/time";
import { showToast } from "@herald/ui/toast";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { callDoor } from "../../acting/call-door.ts";
import { useAct } from "../../acting/use-act.client.ts";
import { locale } from "../../words/reader.ts";
import type { Link } from "./link-dialog.client.tsx";
import type { MembersScreenProps } from "./members-screen.tsx";
import classes from "./settings.module.css";
import { TableHead } from "./table-head.tsx";

type Invitation = NonNullable<MembersScreenProps["invitations"]>[number];
type InvitationTableProps = Pick<MembersScreenProps, "workspaceId" | "reachable" | "zone" | "nowMs"> & {
  readonly invitations: readonly Invitation[];
  readonly onLink: (link: Link) => void;
};

/** Who is invited and has not come yet. */
export function InvitationTable({ workspaceId, invitations, reachable, zone, nowMs, onLink }: InvitationTableProps) {
  const t = useTranslations("settings.invitations");
  const shell = useTranslations("shell");
  const router = useRouter();
  const { isBusy, act } = useAct();
  const [asked, setAsked] = useState<{ readonly verb: "Renew" | "Revoke"; readonly invitation: Invitation } | null>(null);
  if (invitations.length === 0) return <p className={classes.muted}>{t("empty")}</p>;

  const confirm = async ({ verb, invitation: { invitationId, email } }: NonNullable<typeof asked>): Promise<void> => {
    const path = `/api/workspaces/${workspaceId}/invitations/${invitationId}` as const;
    if (verb === "Renew") {
      const link = await act(() => callDoor<Link>(`${path}/renew`, { method: "POST" }));
      if (link) onLink(link);
    } else {
      const done = await act(() => callDoor(path, { method: "DELETE" }));
      if (done) showToast({ tone: "ok", title: t("revoked", { email }), text: t("revokedText") });
    }
    setAsked(null);
    router.refresh();
  };

  return (
    <>
      <table className={classes.table}>
        <TableHead
          columns={[
            { text: t("columns.email") },
            { text: t("columns.role") },
            { text: t("columns.expires") },
            { text: t("columns.by"), isWide: true },
            { text: t("columns.actions") },
          ]}
        />
        <tbody>
          {invitations.map((invitation) => {
            const { invitationId, email, role, expiresAtMs, invitedBy } = invitation;
            return (
              <tr key={invitationId}>
                <th scope="row">
                  <span className={classes.person}>{email}</span>
                </th>
                <td>{shell(`roles.${role}`)}</td>
                <td>
                  {expiresAtMs > nowMs ? (
                    <Time atMs={expiresAtMs} locale={locale} zone={zone} />
                  ) : (
                    <Badge tone="warn">{t("expired")}</Badge>
                  )}
                </td>
                <td className={classes.wideOnly}>{invitedBy}</td>
                <td className={classes.end}>
                  {reachable.includes(role) ? (
                    <span className={classes.acts}>
                      <Button size="small" aria-label={t("renewOf", { email })} onClick={() => setAsked({ verb: "Renew", invitation })}>
                        {t("renew")}
                      </Button>
                      <Button size="small" aria-label={t("revokeOf", { email })} onClick={() => setAsked({ verb: "Revoke", invitation })}>
                        {t("revoke")}
                      </Button>
                    </span>
                  ) : (
                    <span className={classes.small}>{t("ownersOnly")}</span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {asked ? (
        <ConfirmDialog
          isOpen
          onOpenChange={(isOpen) => (isOpen ? undefined : setAsked(null))}
          tone={asked.verb === "Revoke" ? "danger" : "primary"}
          title={t(`confirm${asked.verb}.title`, { email: asked.invitation.email })}
          verb={t(`confirm${asked.verb}.verb`)}
          stayVerb={t(`confirm${asked.verb}.stay`)}
          isBusy={isBusy}
          onConfirm={() => void confirm(asked)}
        >
          <p>{t(`confirm${asked.verb}.text`)}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
