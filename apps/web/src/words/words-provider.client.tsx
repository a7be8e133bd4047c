"use client";
import { type ReactNode, useState } from "react";
import { IntlProvider } from "use-intl";
import { locale } from "./reader.ts";

/** Words and formats of the browser part of a page, as the server had them: `now` is the server's, so that both render the same. */
export function WordsProvider({
  messages,
  zone,
  nowMs,
  children,
}: {
  readonly messages: object;
  readonly zone: string;
  readonly nowMs: number;
  readonly children: ReactNode;
}) {
  const [now] = useState(() => new Date(nowMs));
  return (
    <IntlProvider locale={locale} messages={messages} timeZone={zone} now={now}>
      {children}
    </IntlProvider>
  );
}
