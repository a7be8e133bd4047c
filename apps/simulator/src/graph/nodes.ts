import type { BusinessNumber, Config, Template, Waba } from "../config/config.ts";
import type { Node } from "./fields.ts";

/** Fields and defaults of developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status */
export const numberNode = (number: BusinessNumber, config: Config): Node => ({
  id: number.phoneNumberId,
  type: "WhatsAppBusinessPhoneNumber",
  fields: {
    verified_name: number.verifiedName,
    display_phone_number: number.displayPhoneNumber,
    code_verification_status: "VERIFIED",
    name_status: "APPROVED",
    status: "CONNECTED",
    account_mode: "LIVE",
    is_official_business_account: false,
    quality_rating: number.qualityRating,
    platform_type: number.platformType,
    throughput: { level: number.throughputLevel },
    is_on_biz_app: number.isOnBizApp,
    whatsapp_business_manager_messaging_limit: number.messagingLimit,
    webhook_configuration: config.webhook.url === null ? {} : { application: config.webhook.url },
  },
  defaults: [
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
    "webhook_configuration",
  ],
});

/** Source: developers.facebook.com/docs/graph-api/reference/whats-app-business-account */
export const wabaNode = (waba: Waba): Node => ({
  id: waba.wabaId,
  type: "WhatsAppBusinessAccount",
  fields: {
    name: waba.name,
    currency: waba.currency,
    timezone_id: waba.timezoneId,
    message_template_namespace: `simulated_${waba.wabaId}`,
    account_review_status: "APPROVED",
    owner_business_info: { id: waba.businessId, name: waba.name },
    disable_marketing_messages_on_cloud_api: false,
  },
  defaults: ["name", "timezone_id", "message_template_namespace"],
});

/** Source: developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates */
export const templateNode = (template: Template): Node => ({
  id: template.templateId,
  type: "WhatsAppBusinessHSM",
  fields: {
    name: template.name,
    parameter_format: template.parameterFormat,
    components: template.components,
    language: template.language,
    status: template.status,
    category: template.category,
    quality_score: { score: template.status === "PAUSED" || template.status === "DISABLED" ? "RED" : "GREEN" },
    rejected_reason: template.status === "REJECTED" ? "INVALID_FORMAT" : "NONE",
  },
  defaults: ["name", "parameter_format", "components", "language", "status", "category"],
});
