import { cookies } from "next/headers";
import { createFormatter, createTranslator } from "use-intl/core";
import { type Catalogue, messages } from "./messages.ts";
import { locale, type Theme, themeCookie, themeOf, zoneCookie, zoneOf } from "./reader.ts";

/** The reader's zone, as the browser told it. */
export const readZone = async (): Promise<string> => zoneOf((await cookies()).get(zoneCookie)?.value);

/** Words of one part for server components; the browser's part of a page uses `useTranslations` under `ClientWords`. */
export const wordsOf = <Part extends Catalogue>(part: Part) => createTranslator({ locale, messages, namespace: part });

/** Numbers and times as this reader writes them. */
export const readFormatter = async () => createFormatter({ locale, timeZone: await readZone(), now: new Date() });

/** Light, dark, or as the reader's system has it. */
export const readTheme = async (): Promise<Theme> => themeOf((await cookies()).get(themeCookie)?.value);
