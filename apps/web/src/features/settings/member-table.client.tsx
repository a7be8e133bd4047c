"use client";
import { Avatar } from "@herald/ui/avatar";
import { Badge } from "@herald/ui/badge";
import { IconButton } from "@herald/ui/icon-button";
import { Menu, type MenuItem } from "@herald/ui/menu";
import { Time } from "@herald/ui/time";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { locale } from "../../words/reader.ts";
import { type MemberAct, MemberActDialog } from "./member-act-dialog.client.tsx";
import type { MembersScreenProps } from "./members-screen.tsx";
import classes from "./settings.module.css";
import { TableHead } from "./table-head.tsx";

type Member = MembersScreenProps["members"][number];
type MemberTableProps = Pick<MembersScreenProps, "workspaceId" | "workspaceName" | "members" | "ownUserId" | "reachable" | "zone">;

export function MemberTable({ workspaceId, workspaceName, members, ownUserId, reachable, zone }: MemberTableProps) {
  const t = useTranslations("settings.members");
  const shell = useTranslations("shell");
  const [act, setAct] = useState<MemberAct | null>(null);
  const nameOf = ({ email }: Member): string => email ?? t("noAccount");

  const itemsOf = (member: Member): readonly MenuItem[] => {
    const isOwn = member.userId === ownUserId;
    const person = nameOf(member);
    const role: readonly MenuItem[] = reachable.includes(member.role)
      ? [
          { kind: "heading", key: "role", text: t("menuRole") },
          ...reachable.map((wanted) => ({
            key: wanted,
            text: shell(`roles.${wanted}`),
            isChecked: wanted === member.role,
            isDisabled: wanted === member.role,
            onSelect: () => setAct({ kind: "role", userId: member.userId, person, role: wanted, isOwn }),
          })),
        ]
      : [];
    const out: readonly MenuItem[] = isOwn
      ? [{ key: "leave", text: t("leave"), isDanger: true, onSelect: () => setAct({ kind: "leave" }) }]
      : reachable.includes(member.role)
        ? [{ key: "remove", text: t("remove"), isDanger: true, onSelect: () => setAct({ kind: "remove", userId: member.userId, person }) }]
        : [];
    return role.length > 0 && out.length > 0 ? [...role, { kind: "line", key: "line" }, ...out] : [...role, ...out];
  };

  return (
    <>
      <table className={classes.table}>
        <TableHead
          columns={[
            { text: t("columns.person") },
            { text: t("columns.role") },
            { text: t("columns.since"), isWide: true },
            { text: t("columns.actions") },
          ]}
        />
        <tbody>
          {members.map((member) => {
            const items = itemsOf(member);
            return (
              <tr key={member.userId}>
                <th scope="row">
                  <span className={classes.person}>
                    <Avatar name={nameOf(member)} size="small" />
                    <span>
                      {nameOf(member)} {member.userId === ownUserId ? <Badge>{t("you")}</Badge> : null}
                    </span>
                  </span>
                </th>
                <td>{shell(`roles.${member.role}`)}</td>
                <td className={classes.wideOnly}>
                  <Time atMs={member.sinceMs} locale={locale} zone={zone} look="date" />
                </td>
                <td className={classes.end}>
                  {items.length > 0 ? (
                    <Menu
                      align="end"
                      trigger={<IconButton label={t("manage", { person: nameOf(member) })} icon={<Ellipsis size={16} />} size="small" />}
                      items={items}
                    />
                  ) : reachable.length > 0 ? (
                    <span className={classes.small}>{t("fixed")}</span>
                  ) : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {act ? <MemberActDialog act={act} workspaceId={workspaceId} workspaceName={workspaceName} onClose={() => setAct(null)} /> : null}
    </>
  );
}
