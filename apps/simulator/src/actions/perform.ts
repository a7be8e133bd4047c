import type { BusinessNumber, Template, Waba } from "../config/config.ts";
import { patchOfEvery } from "../config/every.ts";
import { inboundUpdateOf, preferenceUpdateOf } from "../people/writes.ts";
import type { Simulation } from "../simulation.ts";
import {
  banNotice,
  messagingLimitNotice,
  type Notice,
  restrictionNotice,
  templateCategoryNotice,
  templateComponentsNotice,
  templateQualityNotice,
  templateStatusNotice,
  throughputNotice,
} from "../webhooks/notices.ts";
import { dropHeld, releaseHeld } from "./quality.ts";
import type { Action, ActionOf } from "./schemas.ts";

/** Does what an action says: changes the configuration above its base, and tells the webhooks that Meta would. */
export function perform(simulation: Simulation, action: Action): void {
  switch (action.do) {
    case "maintenance":
      return maintain(simulation, action);
    case "throughput":
      return changeThroughput(simulation, action);
    case "expire_token":
      return void simulation.overlay({
        tokens: tokensOf(simulation, action.token).map((token) => ({ token, expiresAtMs: simulation.nowMs() })),
      });
    case "renew_token":
      return renewTokens(simulation, action);
    case "payment_problem":
      return changeWabas(simulation, action.wabaId, { paymentProblem: { code: action.code, how: action.how } });
    case "payment_solved":
      return changeWabas(simulation, action.wabaId, { paymentProblem: null });
    case "template":
      return changeTemplates(simulation, action);
    case "restrict":
      return restrict(simulation, action);
    case "lift_restriction":
      return liftRestriction(simulation, action);
    case "messaging_limit":
      return changeMessagingLimit(simulation, action);
    case "pace":
      return simulation.commitPace({
        event: "paced",
        pace: { scope: action.scope, template: action.template ?? null, after: action.after },
      });
    case "release_held":
      return releaseHeld(simulation, action.perSecond ?? null);
    case "drop_held":
      for (const consequence of dropHeld(simulation)) perform(simulation, consequence);
      return;
    case "hold_receipts":
      return simulation.hold(action.replies);
    case "release_receipts":
      return void simulation.release(action.perSecond ?? null);
    case "inbound":
      return simulation.tell(firstNumber(simulation, action.phoneNumberId).map((number) => inboundUpdateOf(simulation, number, action)));
    case "preference":
      return simulation.tell(
        firstNumber(simulation, action.phoneNumberId).map((number) => preferenceUpdateOf(simulation, number, action.from, action.value)),
      );
    case "notice":
      return tellWabas(simulation, wabasOf(simulation, action.wabaId), { field: action.field, value: action.value });
    case "script":
      return simulation.script(action.rules);
    case "configure":
      return configure(simulation, action);
  }
}

const wabasOf = ({ config }: Simulation, wabaId: string | undefined): Waba[] =>
  config.wabas.filter((each) => wabaId === undefined || each.wabaId === wabaId);
const numbersOf = ({ config }: Simulation, phoneNumberId: string | undefined): BusinessNumber[] =>
  config.numbers.filter((each) => phoneNumberId === undefined || each.phoneNumberId === phoneNumberId);
const firstNumber = (simulation: Simulation, phoneNumberId: string | undefined): BusinessNumber[] =>
  numbersOf(simulation, phoneNumberId).slice(0, 1);
const tokensOf = ({ config }: Simulation, token: string | undefined): string[] =>
  config.tokens.map((each) => each.token).filter((each) => token === undefined || each === token);

/** A notice due now, to one WABA. */
function tellNotice(simulation: Simulation, wabaId: string, notice: Notice): void {
  const atMs = Math.floor(simulation.nowMs());
  const moments = { occurredAtMs: atMs, dueAtMs: atMs, isDuplicate: false };
  simulation.tell([{ kind: "notice", updateId: simulation.nextUpdateId(), wabaId, ...notice, scriptedFor: null, ...moments }]);
}

function tellWabas(simulation: Simulation, wabas: readonly Waba[], notice: Notice): void {
  for (const { wabaId } of wabas) tellNotice(simulation, wabaId, notice);
}

const changeWabas = (simulation: Simulation, wabaId: string | undefined, settings: Partial<Waba>): void =>
  void simulation.overlay({ wabas: wabasOf(simulation, wabaId).map((each) => ({ ...settings, wabaId: each.wabaId })) });

/** Source: developers.facebook.com/documentation/business-messaging/whatsapp/throughput (an upgrade takes up to a minute, with 131057). */
function maintain(simulation: Simulation, { phoneNumberId, forMs, upgradeTo }: ActionOf<"maintenance">): void {
  const numbers = numbersOf(simulation, phoneNumberId);
  const untilMs = simulation.nowMs() + forMs;
  simulation.overlay({ numbers: numbers.map((each) => ({ phoneNumberId: each.phoneNumberId, maintenanceUntilMs: untilMs })) });
  if (upgradeTo === undefined) return;
  for (const number of numbers)
    simulation.planStep({ afterMs: forMs, delayMs: 0 }, { do: "throughput", phoneNumberId: number.phoneNumberId, level: upgradeTo });
}

function changeThroughput(simulation: Simulation, { phoneNumberId, level }: ActionOf<"throughput">): void {
  const numbers = numbersOf(simulation, phoneNumberId);
  simulation.overlay({ numbers: numbers.map((each) => ({ phoneNumberId: each.phoneNumberId, throughputLevel: level })) });
  for (const number of numbers) tellNotice(simulation, number.wabaId, throughputNotice(number));
}

/** With `as` the old token stays expired, as after a new login. */
function renewTokens(simulation: Simulation, action: ActionOf<"renew_token">): void {
  const tokens = simulation.config.tokens.filter((each) => action.token === undefined || each.token === action.token);
  const renewed = action.as === undefined ? tokens : tokens.slice(0, 1).map((each) => ({ ...each, token: action.as ?? each.token }));
  simulation.overlay({ tokens: renewed.map((each) => ({ ...each, expiresAtMs: null })) });
}

function changeTemplates(simulation: Simulation, action: ActionOf<"template">): void {
  const { wabaId, name, language, status, category, components } = action;
  const before = simulation.config.templates.filter(
    (each) => (wabaId ?? each.wabaId) === each.wabaId && (name ?? each.name) === each.name && (language ?? each.language) === each.language,
  );
  const settings = {
    ...(status === undefined ? {} : { status }),
    ...(category === undefined ? {} : { category }),
    ...(components === undefined ? {} : { components }),
  };
  simulation.overlay({ templates: before.map((each) => ({ wabaId: each.wabaId, name: each.name, language: each.language, ...settings })) });
  for (const earlier of before) {
    const template = simulation.state.directory.template(earlier.wabaId, earlier.name, earlier.language);
    if (template !== undefined) for (const notice of noticesOf(action, earlier, template)) tellNotice(simulation, template.wabaId, notice);
  }
}

function noticesOf(action: ActionOf<"template">, earlier: Template, template: Template): Notice[] {
  return [
    ...(action.status === undefined ? [] : [templateStatusNotice(template, action.reason, action.title ?? null)]),
    ...(action.category === undefined ? [] : [templateCategoryNotice(template, earlier.category)]),
    ...(action.components === undefined ? [] : [templateComponentsNotice(template)]),
    ...(action.quality === undefined ? [] : [templateQualityNotice(template, action.quality, "GREEN")]),
  ];
}

function restrict(simulation: Simulation, { wabaId, kind, restrictions, code, forMs }: ActionOf<"restrict">): void {
  const wabas = wabasOf(simulation, wabaId);
  const untilMs = forMs === undefined ? null : simulation.nowMs() + forMs;
  changeWabas(simulation, wabaId, { restriction: { code, untilMs } });
  const notice = kind === "ban" ? banNotice("DISABLE", simulation.nowMs()) : restrictionNotice(restrictions, untilMs);
  tellWabas(simulation, wabas, notice);
}

/** Meta's pages name no webhook for the end of a restriction but the reinstatement of an account. */
function liftRestriction(simulation: Simulation, { wabaId }: ActionOf<"lift_restriction">): void {
  changeWabas(simulation, wabaId, { restriction: null });
  tellWabas(simulation, wabasOf(simulation, wabaId), banNotice("REINSTATE", simulation.nowMs()));
}

function changeMessagingLimit(simulation: Simulation, { businessId, tier }: ActionOf<"messaging_limit">): void {
  const wabas = simulation.config.wabas.filter((each) => businessId === undefined || each.businessId === businessId);
  const wabaIds = new Set(wabas.map((each) => each.wabaId));
  const numbers = simulation.config.numbers.filter((each) => wabaIds.has(each.wabaId));
  simulation.overlay({ numbers: numbers.map(({ phoneNumberId }) => ({ phoneNumberId, messagingLimit: tier })) });
  tellWabas(simulation, wabas, messagingLimitNotice(tier));
}

function configure(simulation: Simulation, { config, every }: ActionOf<"configure">): void {
  const patched = config === undefined ? null : simulation.overlay(config);
  if (patched !== null && !patched.ok) throw new Error(`a step configures what is not valid: ${JSON.stringify(patched.error)}`);
  const settled = every === undefined ? null : simulation.overlay(patchOfEvery(simulation.config, every));
  if (settled !== null && !settled.ok) throw new Error(`a step configures what is not valid: ${JSON.stringify(settled.error)}`);
}
