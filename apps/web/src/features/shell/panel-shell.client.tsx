"use client";
import { AppShell } from "@herald/ui/app-shell";
import { Button } from "@herald/ui/button";
import { Contact, FileUp, type LucideIcon, Megaphone, Search, Settings, Smartphone, Users } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import type { Theme } from "../../words/reader.ts";
import { HealthBanner } from "./health-banner.client.tsx";
import { MemberMenu } from "./member-menu.client.tsx";
import { PanelPalette, preparePalette } from "./panel-palette.client.tsx";
import { hrefOf, type Place, placeGroups, placeOf } from "./places.ts";
import { type WorkspaceName, WorkspaceSwitch } from "./workspace-switch.client.tsx";

export type PanelShellProps = {
  readonly workspaceId: string;
  readonly workspaces: readonly WorkspaceName[];
  readonly email: string | null;
  readonly theme: Theme;
  readonly mayCompose: boolean;
  readonly mayImport: boolean;
  readonly children: ReactNode;
};

const icons: Readonly<Record<Place, LucideIcon>> = {
  campaigns: Megaphone,
  contacts: Contact,
  imports: FileUp,
  senders: Smartphone,
  members: Users,
  settings: Settings,
};
const onPhone: readonly Place[] = ["campaigns", "contacts", "senders"];

export function PanelShell({ workspaceId, workspaces, email, theme, mayCompose, mayImport, children }: PanelShellProps) {
  const t = useTranslations("shell");
  const base = useTranslations("base");
  const current = placeOf(workspaceId, usePathname());
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const openPalette = useCallback(() => setPaletteOpen(true), []);
  return (
    <AppShell
      workspace={<WorkspaceSwitch workspaceId={workspaceId} workspaces={workspaces} />}
      groups={placeGroups.map(({ key, places }) => ({
        key,
        heading: t(`groups.${key}`),
        items: places.map((place) => {
          const Icon = icons[place];
          return {
            key: place,
            text: t(`places.${place}`),
            icon: <Icon size={16} />,
            href: hrefOf(workspaceId, place),
            isCurrent: place === current,
            isOnPhone: onPhone.includes(place),
          };
        }),
      }))}
      foot={<MemberMenu email={email} theme={theme} />}
      search={
        <Button
          variant="secondary"
          icon={<Search size={16} />}
          keys={["⌘", "K"]}
          onPointerEnter={preparePalette}
          onFocus={preparePalette}
          onClick={openPalette}
        >
          {t("search")}
        </Button>
      }
      banner={<HealthBanner />}
      texts={{ navigation: t("navigation"), skip: t("skip"), more: t("more"), close: base("close") }}
    >
      {children}
      <PanelPalette
        workspaceId={workspaceId}
        isOpen={isPaletteOpen}
        onOpenChange={setPaletteOpen}
        mayCompose={mayCompose}
        mayImport={mayImport}
      />
    </AppShell>
  );
}
