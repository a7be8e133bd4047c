import { type ContactId, err, type NotAllowed, notAllowed, ok, parseContactId, type Result } from "@herald/kernel";
import { z } from "zod";
import { idOf } from "../compose/draft.ts";
import type { CampaignCtx } from "../ctx.ts";

/** `contactIds`: as an address has them, with commas between; none names nobody. */
export const NamePeopleInput = z.strictObject({
  contactIds: z
    .string()
    .max(4000)
    .default("")
    .transform((text) => text.split(",").filter((id) => id !== ""))
    .pipe(z.array(idOf<ContactId>(parseContactId, "contact")).max(50)),
});

export type NamedPerson = {
  readonly contactId: ContactId;
  readonly displayName: string;
  /** E.164; null: known by no number. */
  readonly phone: string | null;
  /** May be sent marketing. */
  readonly hasConsent: boolean;
};

/** Who the people are that an audience names one by one. Whoever is deleted, unknown or of another workspace is not in the answer. */
export async function namePeople(
  ctx: CampaignCtx,
  { contactIds }: z.output<typeof NamePeopleInput>,
): Promise<Result<readonly NamedPerson[], NotAllowed>> {
  if (!ctx.allows("campaign.preview")) return err(notAllowed("campaign.preview"));
  const people: NamedPerson[] = [];
  if (contactIds.length === 0) return ok(people);
  for await (const page of ctx.audiences.pages({ contactIds })) {
    for (const { contactId, displayName, isActive, address, marketingConsent, suppression } of page) {
      if (!isActive) continue;
      const phone = address?.kind === "phone" ? address.value : null;
      people.push({ contactId, displayName, phone, hasConsent: marketingConsent === "granted" && suppression === null });
    }
  }
  return ok(people);
}
