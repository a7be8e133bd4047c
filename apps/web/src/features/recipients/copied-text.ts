import type { RecipientStory } from "@herald/campaign";
import { bucketOfRow } from "./recipient-row.ts";
import type { Teller, ToldStep } from "./told-steps.ts";

export type Copied = { readonly plain: string; readonly withPerson: string };
type Told = {
  readonly fact: string;
  readonly change: string;
  readonly steps: readonly ToldStep[];
  readonly zone: string;
  readonly atMs: number;
};

/** The page as text for a ticket: without name and number, and with them. What was filled in is in neither: it is about the person. */
export function copiedText(story: RecipientStory, { t, moment }: Teller, told: Told, when: (step: ToldStep) => string): Copied {
  const { message, campaign } = story;
  const person = [story.displayName, story.address].filter(Boolean).join(", ");
  const lines = (recipient: readonly string[]): string =>
    [
      t("text.campaign", { name: campaign.name }),
      ...recipient,
      t("text.messageId", { id: message.messageId }),
      t("text.state", { state: t(`buckets.${bucketOfRow(message)}`) }),
      t("text.decides", { fact: told.fact }),
      t("text.changes", { change: told.change }),
      ...(message.code === null ? [] : [t("text.code", { code: message.code })]),
      "",
      t("text.story", { zone: told.zone }),
      ...told.steps.map(
        (step) => `${when(step)}  ${[step.title, ...step.details].join(" · ")}${step.code === null ? "" : ` [${step.code}]`}`,
      ),
      "",
      t("text.asOf", { at: moment(told.atMs) }),
    ].join("\n");
  return { plain: lines([]), withPerson: lines(person === "" ? [] : [t("text.recipient", { who: person })]) };
}
