import type { ReactNode } from "react";
import { type Catalogue, messages } from "./messages.ts";
import { readZone } from "./reader.server.ts";
import { WordsProvider } from "./words-provider.client.tsx";

/** What every page's browser part speaks of. */
const always = ["base", "shell"] as const satisfies readonly Catalogue[];

/** Gives the browser the words of the named parts, and of no other: a catalogue of everything would be sent with each page. */
export async function ClientWords({ parts = [], children }: { readonly parts?: readonly Catalogue[]; readonly children: ReactNode }) {
  const chosen = Object.fromEntries([...always, ...parts].map((part) => [part, messages[part]]));
  return (
    <WordsProvider messages={chosen} zone={await readZone()} nowMs={Date.now()}>
      {children}
    </WordsProvider>
  );
}
