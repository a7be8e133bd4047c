"use client";
import type { PaletteGroup } from "@herald/ui/palette";
import { useLater } from "@herald/ui/use-later";
import { usePaletteKey } from "@herald/ui/use-palette-key";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo } from "react";
import { useTranslations } from "use-intl";
import { hrefOf, placeGroups } from "./places.ts";
import { useTypedMeanwhile } from "./use-typed-meanwhile.client.ts";

// no page pays for it: it is fetched once somebody points at its button, tabs to it, or holds the key that opens it with another
const loadPalette = () => import("@herald/ui/palette").then((module) => module.Palette);
export const preparePalette = (): void => void loadPalette().catch(() => undefined);

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
  const close = useCallback(() => onOpenChange(false), [onOpenChange]);
  const showPalette = useLater(loadPalette, isOpen, close);
  const typed = useTypedMeanwhile(isOpen, showPalette !== null, close);
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent): void => (key === "Meta" || key === "Control" ? preparePalette() : undefined);
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
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
  if (!isOpen || showPalette === null) return null;
  return showPalette({
    isOpen,
    onOpenChange,
    label: t("search"),
    placeholder: t("palette.placeholder"),
    emptyText: t("palette.nothing"),
    groups,
    typed,
  });
}
