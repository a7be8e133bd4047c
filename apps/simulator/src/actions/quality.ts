import { hash32, seededRandom } from "../random.ts";
import type { Simulation } from "../simulation.ts";
import type { PlaceTaken } from "../truth/events.ts";
import { deliveredAtMsOf, planUpdates } from "../webhooks/plan.ts";
import { failedNow, type PlannedUpdate } from "../webhooks/updates.ts";
import type { Action } from "./schemas.ts";

/** The code of the failed receipt of each dropped message: of a paused template, of a portfolio under review. */
const dropCode = { template: 132015, portfolio: 135000 } as const;

/**
 * The assessment ended well: each held message goes on as if accepted now, or one after the other at a rate.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-pacing
 */
export function releaseHeld(simulation: Simulation, perSecond: number | null): void {
  const { state } = simulation;
  const atMs = simulation.nowMs();
  const updates: PlannedUpdate[] = [];
  const failedCodes: Record<string, number> = {};
  const places: (PlaceTaken & { userId: string })[] = [];
  for (const [index, held] of state.pacing.held.entries()) {
    const message = state.truth.sendOf(held.wamid);
    if (message === undefined) continue;
    const template = state.directory.template(held.wabaId, held.template, held.language);
    const outcome = state.scenario.outcomeOf({
      recipient: message.recipient,
      phoneNumberId: message.phoneNumberId,
      template: template ?? null,
      decidedBefore: state.truth.recipientOf(message.recipient)?.decided ?? 0,
    });
    if (outcome.receipts.kind === "failed") failedCodes[held.wamid] = outcome.receipts.code;
    const planned = planUpdates({
      message: { ...message, failedCode: failedCodes[held.wamid] ?? null },
      acceptedAtMs: perSecond === null ? atMs : atMs + (index * 1000) / perSecond,
      outcome,
      quickReply: held.quickReply,
      config: state.config,
      number: state.directory.number(message.phoneNumberId) ?? null,
      random: seededRandom(hash32(state.config.seed, "plan", message.recipient, "held")),
      nextUpdateId: simulation.nextUpdateId,
    });
    updates.push(...planned);
    const businessId = state.directory.waba(held.wabaId)?.businessId ?? held.wabaId;
    const deliveredAtMs = deliveredAtMsOf(planned);
    const { windowMs = 0 } = state.directory.portfolio(businessId) ?? {};
    if (state.portfolios.has(businessId))
      places.push({ businessId, userId: message.userId, untilMs: deliveredAtMs === null ? null : deliveredAtMs + windowMs });
  }
  const wamids = state.pacing.held.map((held) => held.wamid);
  simulation.commitPace({ event: "unheld", atMs, wamids, outcome: "released", failedCodes, updates, places });
}

/**
 * The assessment ended badly: every held message fails. Answers what follows: its template is paused, or the portfolio kept from sending.
 * Source: the same page, and …/templates/portfolio-pacing
 */
export function dropHeld(simulation: Simulation): Action[] {
  const { state } = simulation;
  const { held } = state.pacing;
  const atMs = simulation.nowMs();
  const businessIdOf = (wabaId: string): string => state.directory.waba(wabaId)?.businessId ?? wabaId;
  const messages = held.map((each) => ({ ...each, userId: state.truth.sendOf(each.wamid)?.userId ?? "" }));
  simulation.commitPace({
    event: "unheld",
    atMs,
    wamids: held.map((each) => each.wamid),
    outcome: "dropped",
    failedCodes: Object.fromEntries(held.map((each) => [each.wamid, dropCode[each.scope]])),
    updates: held.map((each) => failedNow(each.wamid, dropCode[each.scope], simulation.nextUpdateId(), Math.floor(atMs))),
    places: messages.map((each) => ({ businessId: businessIdOf(each.wabaId), userId: each.userId, untilMs: null })),
  });
  const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];
  const paused = held.filter((each) => each.scope === "template").map((each) => `${each.wabaId} ${each.template} ${each.language}`);
  const blocked = held.filter((each) => each.scope === "portfolio").map((each) => each.wabaId);
  return [
    ...unique(paused).map((key): Action => {
      const [wabaId, name, language] = key.split(" ");
      return { do: "template", wabaId, name, language, status: "PAUSED", reason: "NONE", title: "FIRST_PAUSE" };
    }),
    ...unique(blocked).map(
      (wabaId): Action => ({
        do: "restrict",
        wabaId,
        kind: "restriction",
        restrictions: ["RESTRICTED_BIZ_INITIATED_MESSAGING"],
        code: 368,
      }),
    ),
  ];
}
