import type { ReactNode } from "react";
import base from "../en/base.json" with { type: "json" };
import shell from "../en/shell.json" with { type: "json" };
import { WordsProvider } from "../words-provider.client.tsx";

/** What every page's browser part speaks of, for a test that renders. */
export const InWords = ({ children }: { readonly children: ReactNode }) => (
  <WordsProvider messages={{ base, shell }} zone="UTC" nowMs={0}>
    {children}
  </WordsProvider>
);
