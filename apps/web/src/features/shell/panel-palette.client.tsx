"use client";
import type { PaletteGroup } from "@herald/ui/palette";
import { usePaletteKey } from "@herald/ui/use-palette-key";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo } from "react";
import { useTranslations } from "use-intl";
import { hrefOf, placeGroups } from "./places.ts";

// no page waits for it; it is fetched when the page is there, so that nothing typed into it is lost when it is opened
const loadPalette = () => import("@herald/ui/palette").then((module) => module.Palette);
const Palette = dynamic(loadPalette, { ssr: false });

export type PanelPaletteProps = {
  readonly workspaceId: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly mayCompose: boolean;
  readonly mayImport: boolean;
};

/** Everything one can go to or begin, by typing. */
export function PanelPalette({ workspaceId, isOpen, onOpenChange, mayCompose, mayImport }: PanelPaletteProps) {
  const t = useTranslations("shell");
  const router = useRouter();
  useEffect(() => void loadPalette(), []);
  usePaletteKey(useCallback(() => onOpenChange(true), [onOpenChange]));
  const groups = useMemo<readonly PaletteGroup[]>(() => {
    const goTo = (key: string, text: string, href: string) => ({ key, text, onSelect: () => router.push(href) });
    const begin = [
      ...(mayCompose ? [goTo("new-campaign", t("palette.newCampaign"), `/panel/w/${workspaceId}/campaigns/new`)] : []),
      ...(mayImport ? [goTo("import", t("palette.importContacts"), `/panel/w/${workspaceId}/contacts/import`)] : []),
    ];
    const places = placeGroups.flatMap((group) =>
      group.places.map((place) => goTo(place, t(`places.${place}`), hrefOf(workspaceId, place))),
    );
    return [
      ...(begin.length > 0 ? [{ key: "begin", heading: t("palette.begin"), items: begin }] : []),
      { key: "go", heading: t("palette.goTo"), items: places },
    ];
  }, [mayCompose, mayImport, router, t, workspaceId]);
  if (!isOpen) return null;
  return (
    <Palette
      isOpen
      onOpenChange={onOpenChange}
      label={t("search")}
      placeholder={t("palette.placeholder")}
      emptyText={t("palette.nothing")}
      groups={groups}
    />
  );
}
