import type { Locator, Page } from "playwright-core";
import type { Interaction } from "./interactions.ts";

/** One kind of page of the panel, at an address that has something to show, and what people do there. */
export type PanelPage = {
  readonly name: string;
  readonly url: string;
  /** Opened by somebody who is not signed in. */
  readonly isOutside?: true;
  /** In sight once the page shows what it is for. */
  readonly shows: (page: Page) => Locator;
  /** Made anew for every visit: some remember what they saw. */
  readonly interactions: () => readonly Interaction[];
};
