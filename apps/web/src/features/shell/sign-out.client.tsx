"use client";
import { Button } from "@herald/ui/button";
import { useTranslations } from "use-intl";
import { useSignOut } from "./use-sign-out.client.ts";

export function SignOutButton() {
  const t = useTranslations("shell");
  const { isBusy, signOut } = useSignOut();
  return (
    <Button isLoading={isBusy} onClick={signOut}>
      {t("signOut")}
    </Button>
  );
}
