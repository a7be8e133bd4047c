"use client";
import { ConnectionChip } from "@herald/ui/connection";
import { useFormatter, useTranslations } from "use-intl";
import type { Live } from "./use-live.client.ts";

/** Whether the numbers of a screen move by themselves, and else of when they are. */
export function LiveChip({ connection, asOfMs }: Pick<Live<unknown>, "connection" | "asOfMs">) {
  const t = useTranslations("shell.connection");
  const format = useFormatter();
  return (
    <ConnectionChip state={connection}>
      {connection === "stale" ? t("stale", { at: format.dateTime(asOfMs, { timeStyle: "medium" }) }) : t(connection)}
    </ConnectionChip>
  );
}
