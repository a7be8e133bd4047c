import type { BusinessNumber, Config, Portfolio, Template, Token, Waba } from "./config/config.ts";
import type { SenderOfRequest } from "./graph/request-rules.ts";
import { shapeOf, type TemplateShape } from "./graph/template-shape.ts";
import { callingCodeOf } from "./people/calling-codes.ts";

/** A configuration, indexed for the requests that look things up in it. Made anew whenever the configuration changes. */
export class Directory {
  readonly #tokens: ReadonlyMap<string, Token>;
  readonly #wabas: ReadonlyMap<string, Waba>;
  readonly #numbers: ReadonlyMap<string, BusinessNumber>;
  readonly #templates: ReadonlyMap<string, Template>;
  readonly #portfolios: ReadonlyMap<string, PortfolioLimit>;
  readonly #senders: ReadonlyMap<string, SenderOfRequest>;
  readonly #shapes = new Map<Template, TemplateShape>();

  constructor(config: Config) {
    this.#tokens = new Map(config.tokens.map((each) => [each.token, each]));
    this.#wabas = new Map(config.wabas.map((each) => [each.wabaId, each]));
    this.#numbers = new Map(config.numbers.map((each) => [each.phoneNumberId, each]));
    this.#templates = new Map(config.templates.map((each) => [templateKey(each.wabaId, each.name, each.language), each]));
    this.#portfolios = new Map(config.wabas.map(({ businessId }) => [businessId, portfolioLimitOf(config, businessId)]));
    this.#senders = new Map(config.numbers.map((each) => [each.phoneNumberId, this.#makeSender(each, config)]));
  }

  token(token: string): Token | undefined {
    return this.#tokens.get(token);
  }

  waba(wabaId: string): Waba | undefined {
    return this.#wabas.get(wabaId);
  }

  number(phoneNumberId: string): BusinessNumber | undefined {
    return this.#numbers.get(phoneNumberId);
  }

  template(wabaId: string, name: string, language: string): Template | undefined {
    return this.#templates.get(templateKey(wabaId, name, language));
  }

  shapeOf(template: Template): TemplateShape {
    let shape = this.#shapes.get(template);
    if (shape === undefined) {
      shape = shapeOf(template.components);
      this.#shapes.set(template, shape);
    }
    return shape;
  }

  businessIdOf(number: BusinessNumber): string {
    return this.#wabas.get(number.wabaId)?.businessId ?? number.wabaId;
  }

  portfolio(businessId: string): PortfolioLimit | undefined {
    return this.#portfolios.get(businessId);
  }

  get portfolios(): readonly PortfolioLimit[] {
    return [...this.#portfolios.values()];
  }

  senderOf(number: BusinessNumber): SenderOfRequest {
    const sender = this.#senders.get(number.phoneNumberId);
    if (sender === undefined) throw new Error("a number that is not of this configuration");
    return sender;
  }

  #makeSender(number: BusinessNumber, config: Config): SenderOfRequest {
    const callingCode = callingCodeOf(number.displayPhoneNumber.slice(1))?.callingCode ?? "";
    return { e164: number.displayPhoneNumber, callingCode, businessId: this.businessIdOf(number), prefixes: config.people };
  }
}

const templateKey = (wabaId: string, name: string, language: string): string => `${wabaId} ${name} ${language}`;

/** `limit` null: unlimited, and not counted. */
export type PortfolioLimit = Pick<Portfolio, "businessId" | "limit" | "windowMs" | "overLimit">;

const limitOfTier = { TIER_250: 250, TIER_2K: 2000, TIER_10K: 10_000, TIER_100K: 100_000, TIER_UNLIMITED: null } as const;

/** All numbers of a portfolio share one limit, the largest that any of them shows. */
function portfolioLimitOf(config: Config, businessId: string): PortfolioLimit {
  const given = config.portfolios.find((each) => each.businessId === businessId);
  const wabaIds = new Set(config.wabas.filter((each) => each.businessId === businessId).map((each) => each.wabaId));
  const shown = config.numbers.filter((each) => wabaIds.has(each.wabaId)).map((each) => limitOfTier[each.messagingLimit]);
  const limit = given?.limit ?? (shown.length === 0 || shown.includes(null) ? null : Math.max(...shown.map(Number)));
  return {
    businessId,
    limit,
    windowMs: given?.windowMs ?? 86_400_000,
    overLimit: given?.overLimit ?? { kind: "refuse", code: 131048 },
  };
}

/**
 * Messages per second of a number: 80 by default, 1,000 after the upgrade, 20 when the number is also in the WhatsApp Business app.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/throughput
 */
export function capPerSecondOf(number: BusinessNumber): number {
  if (number.capPerSecond !== null) return number.capPerSecond;
  if (number.isOnBizApp) return 20;
  return number.throughputLevel === "HIGH" ? 1000 : 80;
}
