"use client";
import type { Role } from "@herald/kernel";
import { Button } from "@herald/ui/button";
import { Dialog } from "@herald/ui/dialog";
import { RadioGroup } from "@herald/ui/radio-group";
import { TextField } from "@herald/ui/text-field";
import { useZodForm } from "@herald/ui/use-zod-form";
import { useRouter } from "next/navigation";
import { useCallback, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { callDoor, type DoorProblem } from "../../acting/call-door.ts";
import { ProblemState } from "../../acting/problem-words.client.tsx";
import { UncheckedForm } from "../../acting/unchecked-form.client.tsx";
import { useAct } from "../../acting/use-act.client.ts";
import type { Link } from "./link-dialog.client.tsx";
import classes from "./settings.module.css";

/** Whom, and as what. What comes of it is a link that is shown once. */
export function InviteDialog({
  workspaceId,
  roles,
  onClose,
  onLink,
}: {
  readonly workspaceId: string;
  readonly roles: readonly Role[];
  readonly onClose: () => void;
  readonly onLink: (link: Link) => void;
}) {
  const t = useTranslations("settings");
  const base = useTranslations("base");
  const shell = useTranslations("shell");
  const router = useRouter();
  const formId = useId();
  const { isBusy, act } = useAct();
  const [role, setRole] = useState<Role>("member");
  const [problem, setProblem] = useState<DoorProblem | null>(null);
  const loadSchema = useCallback(async () => {
    const { inviteSchema } = await import("./invite-schema.ts");
    return inviteSchema({ email: t("invite.emailNeeded") });
  }, [t]);
  const { register, handleSubmit, formState, isUnchecked } = useZodForm(loadSchema, { email: "" });

  const invite = handleSubmit(async ({ email }) => {
    setProblem(null);
    const link = await act(
      () => callDoor<Link>(`/api/workspaces/${workspaceId}/invitations`, { method: "POST", body: { email, role } }),
      (refused) => {
        setProblem(refused);
        return true;
      },
    );
    if (link === null) return;
    onLink(link);
    router.refresh();
  });

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t("invite.title")}
      description={t("invite.description")}
      closeLabel={base("close")}
      actions={
        <>
          <Button onClick={onClose}>{base("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isLoading={isBusy || formState.isSubmitting}>
            {t("invite.verb")}
          </Button>
        </>
      }
    >
      <form id={formId} className={classes.form} onSubmit={(event) => void invite(event)} noValidate>
        {isUnchecked ? <UncheckedForm /> : problem ? <ProblemState problem={problem} /> : null}
        <TextField
          label={t("invite.email")}
          type="email"
          autoComplete="off"
          error={formState.errors.email?.message}
          {...register("email")}
        />
        <RadioGroup
          name="role"
          label={t("invite.role")}
          value={role}
          onChange={(value) => setRole(roles.find((one) => one === value) ?? "member")}
          options={roles.map((one) => ({ value: one, label: shell(`roles.${one}`), hint: t(`members.confirmRole.${one}`) }))}
        />
      </form>
    </Dialog>
  );
}
