import type { BusinessNumber, Template } from "../config/config.ts";

/** Field and value of a webhook that is not about a message. */
export type Notice = { readonly field: string; readonly value: Readonly<Record<string, unknown>> };

const unixSeconds = (atMs: number): number => Math.floor(atMs / 1000);

/** How these webhooks name a template. The language is hyphenated here, unlike everywhere else. */
const templateKeys = (template: Template) => ({
  message_template_id: Number(template.templateId),
  message_template_name: template.name,
  message_template_language: template.language.replace("_", "-"),
});

/** Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update */
export const templateStatusNotice = (template: Template, reason: string, title: string | null): Notice => ({
  field: "message_template_status_update",
  value: {
    event: template.status,
    ...templateKeys(template),
    reason,
    message_template_category: template.category,
    ...(title === null ? {} : { other_info: { title, description: `The template's status is now ${template.status}.` } }),
  },
});

/** The notice of a change that was made. Source: …/webhooks/reference/template_category_update */
export const templateCategoryNotice = (template: Template, previous: Template["category"]): Notice => ({
  field: "template_category_update",
  value: { ...templateKeys(template), previous_category: previous, new_category: template.category },
});

/** Source: …/webhooks/reference/message_template_components_update */
export function templateComponentsNotice(template: Template): Notice {
  const textOf = (type: string): string | undefined => template.components.find((each) => each.type === type)?.text;
  const [title, footer] = [textOf("HEADER"), textOf("FOOTER")];
  return {
    field: "message_template_components_update",
    value: {
      ...templateKeys(template),
      message_template_element: textOf("BODY") ?? "",
      ...(title === undefined ? {} : { message_template_title: title }),
      ...(footer === undefined ? {} : { message_template_footer: footer }),
    },
  };
}

/** Source: …/webhooks/reference/message_template_quality_update */
export const templateQualityNotice = (template: Template, quality: string, previous: string): Notice => ({
  field: "message_template_quality_update",
  value: { previous_quality_score: previous, new_quality_score: quality, ...templateKeys(template) },
});

/** Names the number by its display form only, as Meta does. Source: …/webhooks/reference/phone_number_quality_update */
export const throughputNotice = (number: BusinessNumber): Notice => ({
  field: "phone_number_quality_update",
  value: {
    display_phone_number: number.displayPhoneNumber.slice(1),
    event: "THROUGHPUT_UPGRADE",
    max_daily_conversations_per_business: number.messagingLimit,
  },
});

/** Source: …/webhooks/reference/business_capability_update */
export const messagingLimitNotice = (tier: BusinessNumber["messagingLimit"]): Notice => ({
  field: "business_capability_update",
  value: { max_daily_conversations_per_business: tier, max_phone_numbers_per_business: 20 },
});

/** Source: …/webhooks/reference/account_update */
export const restrictionNotice = (restrictions: readonly string[], untilMs: number | null): Notice => ({
  field: "account_update",
  value: {
    event: "ACCOUNT_RESTRICTION",
    restriction_info: restrictions.map((restriction) => ({
      restriction_type: restriction,
      ...(untilMs === null ? {} : { expiration: unixSeconds(untilMs) }),
    })),
  },
});

/** Same source. */
export const banNotice = (state: "DISABLE" | "REINSTATE", atMs: number): Notice => ({
  field: "account_update",
  value: { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: state, waba_ban_date: new Date(atMs).toUTCString() } },
});

/** A user stops or resumes marketing messages. Source: …/webhooks/reference/user_preferences */
export function preferenceNotice(
  number: BusinessNumber,
  person: { readonly waId: string | null; readonly userId: string | null; readonly name: string },
  value: "stop" | "resume",
  atMs: number,
): Notice {
  const named = {
    ...(person.waId === null ? {} : { wa_id: person.waId }),
    ...(person.userId === null ? {} : { user_id: person.userId }),
  };
  return {
    field: "user_preferences",
    value: {
      messaging_product: "whatsapp",
      metadata: { display_phone_number: number.displayPhoneNumber.slice(1), phone_number_id: number.phoneNumberId },
      contacts: [{ profile: { name: person.name }, ...named }],
      user_preferences: [
        {
          ...named,
          detail: value === "stop" ? "User requested to stop marketing messages" : "User requested to resume marketing messages",
          category: "marketing_messages",
          value,
          timestamp: unixSeconds(atMs),
        },
      ],
    },
  };
}
