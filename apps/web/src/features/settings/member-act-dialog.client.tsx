"use client";
import type { Role } from "@herald/kernel";
import { ConfirmDialog } from "@herald/ui/confirm-dialog";
import { showToast } from "@herald/ui/toast";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { callDoor } from "../../acting/call-door.ts";
import { useAct } from "../../acting/use-act.client.ts";

export type MemberAct =
  | { readonly kind: "role"; readonly userId: string; readonly person: string; readonly role: Role; readonly isOwn: boolean }
  | { readonly kind: "remove"; readonly userId: string; readonly person: string }
  | { readonly kind: "leave" };

/** Asks before somebody's role changes or somebody is out, and says what that means. */
export function MemberActDialog({
  act: wanted,
  workspaceId,
  workspaceName,
  onClose,
}: {
  readonly act: MemberAct;
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly onClose: () => void;
}) {
  const t = useTranslations("settings.members");
  const as = useTranslations("settings.as");
  const router = useRouter();
  const { isBusy, act } = useAct();
  const path = `/api/workspaces/${workspaceId}` as const;

  const confirm = async (): Promise<void> => {
    const done =
      wanted.kind === "role"
        ? await act(() => callDoor(`${path}/members/${wanted.userId}`, { method: "PATCH", body: { role: wanted.role } }))
        : wanted.kind === "remove"
          ? await act(() => callDoor(`${path}/members/${wanted.userId}`, { method: "DELETE" }))
          : await act(() => callDoor(`${path}/leave`, { method: "POST" }));
    onClose();
    if (done === null) return;
    if (wanted.kind === "role") showToast({ tone: "ok", title: t("changed", { person: wanted.person, role: as(wanted.role) }) });
    if (wanted.kind === "remove") showToast({ tone: "ok", title: t("removed", { person: wanted.person }), text: t("removedText") });
    if (wanted.kind === "leave") {
      showToast({ tone: "ok", title: t("left", { workspace: workspaceName }) });
      router.replace("/panel");
    }
    router.refresh();
  };

  const shared = {
    isOpen: true,
    onOpenChange: (isOpen: boolean) => (isOpen ? undefined : onClose()),
    isBusy,
    onConfirm: () => void confirm(),
  };
  if (wanted.kind === "role") {
    const role = as(wanted.role);
    return (
      <ConfirmDialog
        {...shared}
        title={t("confirmRole.title", { person: wanted.person, role })}
        verb={t("confirmRole.verb", { role })}
        stayVerb={t("confirmRole.stay")}
      >
        <p>{t(`confirmRole.${wanted.role}`)}</p>
        <p>{t("confirmRole.now")}</p>
        {wanted.isOwn ? <p>{t("confirmRole.self")}</p> : null}
      </ConfirmDialog>
    );
  }
  if (wanted.kind === "remove")
    return (
      <ConfirmDialog
        {...shared}
        tone="danger"
        title={t("confirmRemove.title", { person: wanted.person })}
        verb={t("confirmRemove.verb")}
        stayVerb={t("confirmRemove.stay")}
      >
        <p>{t("confirmRemove.text")}</p>
      </ConfirmDialog>
    );
  return (
    <ConfirmDialog
      {...shared}
      tone="danger"
      title={t("confirmLeave.title", { workspace: workspaceName })}
      verb={t("confirmLeave.verb")}
      stayVerb={t("confirmLeave.stay")}
    >
      <p>{t("confirmLeave.text")}</p>
    </ConfirmDialog>
  );
}
