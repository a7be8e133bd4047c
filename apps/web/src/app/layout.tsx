import "@herald/ui/styles";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Frame } from "../features/shell/frame.client.tsx";
import { ClientWords } from "../words/client-words.tsx";
import { readTheme } from "../words/reader.server.ts";
import { locale } from "../words/reader.ts";

export const metadata: Metadata = { title: { default: "Herald", template: "%s · Herald" }, robots: { index: false } };
export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function RootLayout({ children }: Readonly<{ children: ReactNode }>) {
  const theme = await readTheme();
  return (
    <html lang={locale} dir="ltr" {...(theme !== "system" && { "data-theme": theme })}>
      <body>
        <ClientWords>
          <Frame>{children}</Frame>
        </ClientWords>
      </body>
    </html>
  );
}
