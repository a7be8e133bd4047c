import type { BusinessNumber } from "../config/config.ts";
import type { Directory } from "../directory.ts";
import type { Simulation } from "../simulation.ts";
import type { Checked } from "./accept.ts";
import { type GraphError, whatsappError } from "./errors.ts";

/**
 * What keeps a whole account or number from sending: a restriction, a payment problem, maintenance.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes (368, 131042, 131057)
 */
export function refusalByAccount(directory: Directory, number: BusinessNumber, atMs: number): GraphError | null {
  const waba = directory.waba(number.wabaId);
  const restriction = waba?.restriction ?? null;
  if (restriction !== null && (restriction.untilMs === null || restriction.untilMs > atMs)) return whatsappError(restriction.code);
  if (number.maintenanceUntilMs !== null && number.maintenanceUntilMs > atMs) return whatsappError(131057);
  return waba?.paymentProblem?.how === "refuse" ? whatsappError(waba.paymentProblem.code) : null;
}

/** Source: developers.facebook.com/documentation/business-messaging/whatsapp/about-the-platform (pair rate limits) */
export function refusalByPair({ state }: Simulation, phoneNumberId: string, userId: string, atMs: number): GraphError | null {
  const { pair } = state.config.limits;
  return pair === null || state.pairs.allows(phoneNumberId, userId, pair, atMs) ? null : whatsappError(131056);
}

/**
 * What a send meets that its portfolio has no place for. Inside a service window none is needed. Meta documents no code, so it is chosen
 * by the configuration (`portfolios[].overLimit`).
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits
 */
export function refusalByPortfolio(
  { state }: Simulation,
  { number, send, isWindowOpen }: Pick<Checked, "number" | "send" | "isWindowOpen">,
  atMs: number,
): { readonly refusal: GraphError | null; readonly overLimitOf: string | null; readonly overLimitCode: number | null } {
  const businessId = state.directory.businessIdOf(number);
  const limit = state.directory.portfolio(businessId);
  const isFree = isWindowOpen || limit === undefined || limit.limit === null;
  if (isFree || state.portfolioOf(businessId).hasRoom(send.addressee.userId, limit.limit ?? 0, atMs))
    return { refusal: null, overLimitOf: null, overLimitCode: null };
  const { overLimit } = limit;
  return {
    refusal: overLimit.kind === "refuse" ? whatsappError(overLimit.code) : null,
    overLimitOf: businessId,
    overLimitCode: overLimit.kind === "fail" ? overLimit.code : null,
  };
}
