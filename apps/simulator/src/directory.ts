import type { BusinessNumber, Config, Template, Token, Waba } from "./config.ts";
import type { SenderOfRequest } from "./graph/request-rules.ts";
import { shapeOf, type TemplateShape } from "./graph/template-shape.ts";
import { callingCodeOf } from "./people/calling-codes.ts";

/** A configuration, indexed for the requests that look things up in it. Made anew whenever the configuration changes. */
export class Directory {
  readonly #tokens: ReadonlyMap<string, Token>;
  readonly #wabas: ReadonlyMap<string, Waba>;
  readonly #numbers: ReadonlyMap<string, BusinessNumber>;
  readonly #templates: ReadonlyMap<string, Template>;
  readonly #shapes = new Map<Template, TemplateShape>();

  constructor(config: Config) {
    this.#tokens = new Map(config.tokens.map((each) => [each.token, each]));
    this.#wabas = new Map(config.wabas.map((each) => [each.wabaId, each]));
    this.#numbers = new Map(config.numbers.map((each) => [each.phoneNumberId, each]));
    this.#templates = new Map(config.templates.map((each) => [templateKey(each.wabaId, each.name, each.language), each]));
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

  senderOf(number: BusinessNumber): SenderOfRequest {
    const callingCode = callingCodeOf(number.displayPhoneNumber.slice(1))?.callingCode ?? "";
    return { e164: number.displayPhoneNumber, callingCode, businessId: this.businessIdOf(number) };
  }
}

const templateKey = (wabaId: string, name: string, language: string): string => `${wabaId} ${name} ${language}`;

/**
 * Messages per second of a number: 80 by default, 1,000 after the upgrade, 20 when the number is also in the WhatsApp Business app.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/throughput
 */
export function capPerSecondOf(number: BusinessNumber): number {
  if (number.capPerSecond !== null) return number.capPerSecond;
  if (number.isOnBizApp) return 20;
  return number.throughputLevel === "HIGH" ? 1000 : 80;
}
