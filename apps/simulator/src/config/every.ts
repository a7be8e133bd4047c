import { z } from "zod";
import type { Config } from "./config.ts";

const settings = z.record(z.string(), z.unknown()).optional();

/** Settings for every configured thing of a kind, so that a scenario fits any business. Checked when laid over a configuration. */
export const every = z.strictObject({ token: settings, waba: settings, number: settings, template: settings, portfolio: settings });
export type Every = z.infer<typeof every>;

/** The patch that gives each configured thing the settings named for its kind. */
export function patchOfEvery(config: Config, { token, waba, number, template, portfolio }: Every): Record<string, unknown> {
  const businessIds = [...new Set(config.wabas.map((each) => each.businessId))];
  return {
    ...(token === undefined ? {} : { tokens: config.tokens.map((each) => ({ ...token, token: each.token })) }),
    ...(waba === undefined ? {} : { wabas: config.wabas.map((each) => ({ ...waba, wabaId: each.wabaId })) }),
    ...(number === undefined ? {} : { numbers: config.numbers.map((each) => ({ ...number, phoneNumberId: each.phoneNumberId })) }),
    ...(template === undefined
      ? {}
      : { templates: config.templates.map(({ wabaId, name, language }) => ({ ...template, wabaId, name, language })) }),
    ...(portfolio === undefined ? {} : { portfolios: businessIds.map((businessId) => ({ ...portfolio, businessId })) }),
  };
}
