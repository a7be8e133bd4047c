import {
  type ContactPage,
  consentWords,
  contactStatuses,
  type EditedContact,
  type LiftedOptOut,
  type OptOut,
  type TaggedContact,
} from "@herald/contacts";
import { addressKinds, channels } from "@herald/kernel";
import { z } from "zod";
import { isoOf, time } from "./times.ts";

const contactId = z.uuid();
const Address = z.strictObject({ channel: z.enum(channels), kind: z.enum(addressKinds), value: z.string() });
export const ContactsAnswer = z.strictObject({
  contacts: z.array(
    z.strictObject({
      contactId,
      displayName: z.string(),
      status: z.enum(contactStatuses),
      country: z.string().nullable(),
      address: Address.nullable(),
      tags: z.array(z.string()),
      /** Of marketing on WhatsApp, the opt-out register included. */
      consent: z.enum(consentWords),
      addedAt: time,
    }),
  ),
  next: z.string().nullable(),
});
export type ContactRow = z.output<typeof ContactsAnswer>["contacts"][number];
export const presentContacts = ({ contacts, next }: ContactPage): z.input<typeof ContactsAnswer> => ({
  contacts: contacts.map(({ addedAtMs, tags, ...line }) => ({ ...line, tags: [...tags], addedAt: isoOf(addedAtMs) })),
  next,
});

export const EditedAnswer = z.strictObject({ contactId, updatedAt: time });
export const presentEdited = ({ contactId, updatedAtMs }: EditedContact): z.input<typeof EditedAnswer> => ({
  contactId,
  updatedAt: isoOf(updatedAtMs),
});

export const TagsAnswer = z.strictObject({ contactId, tags: z.array(z.string()) });
export const presentTags = ({ contactId, tags }: TaggedContact): z.input<typeof TagsAnswer> => ({ contactId, tags: [...tags] });

/** `isNew: false`: the person was opted out already. */
export const OptOutAnswer = z.strictObject({ contactId, isNew: z.boolean() });
export const presentOptOut = (value: OptOut & { readonly contactId: string }): z.input<typeof OptOutAnswer> => ({ ...value });

/** `consent`: what it is again. */
export const LiftAnswer = z.strictObject({ contactId, consent: z.enum(["granted", "none"]) });
export const presentLift = (value: LiftedOptOut): z.input<typeof LiftAnswer> => ({ ...value });
