"use client";
import { Button } from "@herald/ui/button";
import { showToast } from "@herald/ui/toast";
import { CircleSlash, Undo2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { type Decision, NotedConfirm, type NotedConfirmProps } from "../../acting/noted-confirm.client.tsx";
import { type ContactTarget, useContactAct } from "./use-contact-act.client.ts";

/** A member says that the person wants no marketing; what follows is told before. */
export function RecordOptOut({ name, ...target }: ContactTarget & { readonly name: string }) {
  const t = useTranslations("contacts.optOut");
  const { isBusy, send } = useContactAct(target);
  const record = async ({ note }: Decision): Promise<boolean> => {
    const done = await send<{ readonly isNew: boolean }>("/opt-out", { method: "POST", body: { note } });
    if (done === null) return false;
    showToast({ tone: "ok", title: t(done.isNew ? "done" : "already"), text: t(done.isNew ? "doneText" : "alreadyText") });
    return true;
  };
  return (
    <ButtonWithQuestion part="optOut" name={name} icon={<CircleSlash size={16} />} tone="danger" isBusy={isBusy} onConfirm={record}>
      {t("follows")}
    </ButtonWithQuestion>
  );
}

/** An admin takes back what a member recorded. */
export function LiftOptOut({ name, before, ...target }: ContactTarget & { readonly name: string; readonly before: "granted" | "none" }) {
  const t = useTranslations("contacts.lift");
  const { isBusy, send } = useContactAct(target);
  const lift = async ({ note }: Decision): Promise<boolean> => {
    const done = await send<{ readonly consent: "granted" | "none" }>("/lift-opt-out", { method: "POST", body: { note } });
    if (done === null) return false;
    showToast({ tone: "ok", title: t("done"), text: t(done.consent === "granted" ? "doneGranted" : "doneNone") });
    return true;
  };
  return (
    <ButtonWithQuestion part="lift" name={name} icon={<Undo2 size={16} />} tone="primary" isBusy={isBusy} onConfirm={lift}>
      {t(before === "granted" ? "followsGranted" : "followsNone")}
    </ButtonWithQuestion>
  );
}

function ButtonWithQuestion({
  part,
  name,
  icon,
  ...question
}: Pick<NotedConfirmProps, "tone" | "isBusy" | "children" | "onConfirm"> & {
  readonly part: "optOut" | "lift";
  readonly name: string;
  readonly icon: ReactNode;
}) {
  const t = useTranslations("contacts");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={icon} onClick={() => setOpen(true)}>
        {t(`${part}.verb`)}
      </Button>
      <NotedConfirm
        {...question}
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t(`${part}.title`, { name })}
        verb={t(`${part}.confirm`)}
        stayVerb={t(`${part}.stay`)}
        note={{ label: t(`${part}.note`), hint: t(`${part}.noteHint`), needed: t(`${part}.noteNeeded`) }}
      />
    </>
  );
}
