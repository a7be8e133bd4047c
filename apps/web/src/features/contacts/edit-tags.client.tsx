"use client";
import { Badge } from "@herald/ui/badge";
import { Button } from "@herald/ui/button";
import { IconButton } from "@herald/ui/icon-button";
import { TextField } from "@herald/ui/text-field";
import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import classes from "./person.module.css";
import { type ContactTarget, useContactAct } from "./use-contact-act.client.ts";

/** Tags of a person: one more by typing it, one less by its cross. */
export function EditTags({ tags, ...target }: ContactTarget & { readonly tags: readonly string[] }) {
  const t = useTranslations("contacts");
  const { isBusy, send } = useContactAct(target);
  const [wanted, setWanted] = useState("");
  const change = (body: { readonly add?: readonly string[]; readonly remove?: readonly string[] }) =>
    send<{ readonly tags: readonly string[] }>("/tags", { method: "POST", body });
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const tag = wanted.trim();
    if (tag !== "" && (await change({ add: [tag] })) !== null) setWanted("");
  };
  return (
    <>
      <ul className={classes.tags}>
        {tags.length === 0 ? <li className={classes.muted}>{t("person.noTags")}</li> : null}
        {tags.map((tag) => (
          <li key={tag} className={classes.tag}>
            <Badge>{tag}</Badge>
            <IconButton
              label={t("tag.remove", { tag })}
              icon={<X size={14} />}
              size="small"
              aria-disabled={isBusy}
              onClick={() => void change({ remove: [tag] })}
            />
          </li>
        ))}
      </ul>
      <form className={classes.addTag} onSubmit={(event) => void add(event)}>
        <TextField
          label={t("tag.label")}
          value={wanted}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => setWanted(event.target.value)}
        />
        <Button type="submit" isLoading={isBusy}>
          {t("tag.add")}
        </Button>
      </form>
    </>
  );
}
