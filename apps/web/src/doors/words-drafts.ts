import type { AudienceChange, AudienceChanged, DraftLaunched, DraftMoved } from "@herald/campaign";
import { isoOf } from "./answers/times.ts";
import type { Words } from "./problem.ts";

type Failure = DraftMoved | DraftLaunched | AudienceChanged;

/** What is said of drafts, and of an audience that is not the one that was shown. */
export const draftsWords: { readonly [Type in Failure["type"]]: (failure: Extract<Failure, { type: Type }>) => Words } = {
  draft_moved: ({ version, updatedAtMs, updatedBy }) => ({
    status: 409,
    title: "Saved by somebody else",
    detail: "This draft was saved after you read it. Nothing was written.",
    cure: "Read the draft again, and make your change to what it says now.",
    facts: { version, updatedAt: isoOf(updatedAtMs), updatedBy },
  }),
  draft_launched: ({ campaignId }) => ({
    status: 409,
    title: "Launched already",
    detail: "A campaign was launched from this draft. A draft is launched once, and stays as it is.",
    cure: "Open the campaign; to send something more, begin a new one.",
    facts: { campaignId },
  }),
  audience_changed: ({ expected, actual, changes }) => ({
    status: 409,
    title: "The audience has changed",
    detail: `Nothing was sent. Since you looked: ${changes.map(wordOf).join(", ")}.`,
    cure: "Look at the new figures; to send to them, send again with `actual` as `expected`, under a new Idempotency-Key.",
    facts: { expected, actual, changes },
  }),
};

const nouns = { eligible: "people who would receive it", matched: "people chosen" } as const;
function wordOf({ what, from, to }: AudienceChange): string {
  const noun = what === "eligible" || what === "matched" ? nouns[what] : `left out for ${what.replaceAll("_", " ")}`;
  return `${noun} ${from} → ${to}`;
}
