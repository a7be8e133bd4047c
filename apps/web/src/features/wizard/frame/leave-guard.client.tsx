"use client";
import { ConfirmDialog } from "@herald/ui/confirm-dialog";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useWizard } from "./wizard.client.tsx";

/**
 * Nobody leaves a draft with something unsaved and does not know: a link out of it saves first, and asks only when that fails. Closing or
 * reloading the page is asked about by the browser.
 */
export function LeaveGuard() {
  const { store, draftId } = useWizard();
  const t = useTranslations("wizard.leave");
  const router = useRouter();
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent): void => {
      if (store.hasUnsaved() && store.get().save.kind !== "launched") event.preventDefault();
    };
    const onClick = (event: MouseEvent): void => {
      const href = leavingTo(event, draftId);
      if (href === null || !store.hasUnsaved() || store.get().save.kind === "launched") return;
      event.preventDefault();
      event.stopPropagation();
      void store.flush().then((isSaved) => (isSaved ? router.push(href) : setWanted(href)));
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [draftId, router, store]);
  return (
    <ConfirmDialog
      isOpen={wanted !== null}
      onOpenChange={() => setWanted(null)}
      title={t("title")}
      verb={t("verb")}
      stayVerb={t("stay")}
      tone="danger"
      onConfirm={() => {
        const href = wanted;
        setWanted(null);
        if (href !== null) router.push(href);
      }}
    >
      {t("text")}
    </ConfirmDialog>
  );
}

/** The address a plain click on a link leads to, when that is outside of the draft. */
function leavingTo(event: MouseEvent, draftId: string): string | null {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || (link.target !== "" && link.target !== "_self") || link.origin !== location.origin)
    return null;
  return link.pathname.includes(`/campaigns/drafts/${draftId}/`) ? null : `${link.pathname}${link.search}${link.hash}`;
}
