"use client";
import { ConnectionChip } from "@herald/ui/connection";
import { useFormatter, useTranslations } from "use-intl";
import { SignInAgain } from "../acting/sign-in-again.client.tsx";
import type { Live } from "./use-live.client.ts";

/** Whether the numbers of a screen move by themselves, and else of when they are; to whoever was signed out also the way back in. */
export function LiveChip({ connection, asOfMs }: Pick<Live<unknown>, "connection" | "asOfMs">) {
  const t = useTranslations("shell.connection");
  const format = useFormatter();
  const isOld = connection === "stale" || connection === "signedOut";
  return (
    <ConnectionChip state={connection} way={connection === "signedOut" ? <SignInAgain /> : null}>
      {isOld ? t(connection, { at: format.dateTime(asOfMs, { timeStyle: "medium" }) }) : t(connection)}
    </ConnectionChip>
  );
}
