"use client";
import { Avatar } from "@herald/ui/avatar";
import { Button } from "@herald/ui/button";
import { Menu } from "@herald/ui/menu";
import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "use-intl";

export type WorkspaceName = { readonly workspaceId: string; readonly name: string; readonly role: "owner" | "admin" | "member" | "viewer" };

/** Whose campaigns one looks at, and the way to another workspace. */
export function WorkspaceSwitch({
  workspaceId,
  workspaces,
}: {
  readonly workspaceId: string;
  readonly workspaces: readonly WorkspaceName[];
}) {
  const t = useTranslations("shell");
  const name = workspaces.find((workspace) => workspace.workspaceId === workspaceId)?.name ?? "";
  return (
    <Menu
      trigger={
        <Button variant="ghost" icon={<Avatar name={name} size="small" />} iconEnd={<ChevronsUpDown size={14} />}>
          {name}
        </Button>
      }
      items={[
        { kind: "heading", key: "heading", text: t("workspaces") },
        ...workspaces.map((workspace) => ({
          kind: "link" as const,
          key: workspace.workspaceId,
          text: `${workspace.name} · ${t(`roles.${workspace.role}`)}`,
          href: `/panel/w/${workspace.workspaceId}/campaigns`,
        })),
      ]}
    />
  );
}
