import type { z } from "zod";
import { type DoorAnswer, doorFailure, doorSuccess } from "../door.ts";
import type { LagMeter } from "../lag.ts";
import { inboundUpdateOf } from "../people/writes.ts";
import type { Simulation } from "../simulation.ts";
import { verifyCallback } from "../webhooks/handshake.ts";
import { listActions, postAction } from "./actions.ts";
import { checked } from "./checked.ts";
import { listScenarios, putScenario } from "./scenarios.ts";
import { holdBody, inboundBody, noBody, releaseBody, resetBody } from "./schemas.ts";

export type ControlContext = { readonly simulation: Simulation; readonly lag: LagMeter; readonly shutdown: () => void };

type Door = (context: ControlContext, body: unknown) => DoorAnswer | Promise<DoorAnswer>;

/** A door that gets its body checked. */
const door =
  <Schema extends z.ZodType>(
    schema: Schema,
    run: (context: ControlContext, body: z.infer<Schema>) => DoorAnswer | Promise<DoorAnswer>,
  ): Door =>
  (context, body) =>
    checked(schema, body, (fitting) => run(context, fitting));

const doors: Readonly<Record<string, Door>> = {
  "GET /_control/health": () => doorSuccess({ ok: true }),
  "GET /_control/config": ({ simulation }) => doorSuccess(simulation.config),
  "PATCH /_control/config": ({ simulation }, body) => {
    const configured = simulation.configure(body);
    return configured.ok ? doorSuccess(configured.value) : doorFailure(400, "the configuration is not valid", configured.error);
  },
  "GET /_control/scenario": ({ simulation: { state } }) => doorSuccess({ name: state.scenarioName, rules: state.scenario.rules }),
  "PUT /_control/scenario": ({ simulation }, body) => putScenario(simulation, body),
  "GET /_control/scenarios": () => listScenarios(),
  "POST /_control/actions": ({ simulation }, body) => postAction(simulation, body),
  "GET /_control/actions": ({ simulation }) => listActions(simulation),
  "POST /_control/inbound": door(inboundBody, ({ simulation }, body) => {
    const number = simulation.state.directory.number(body.phoneNumberId);
    if (number === undefined) return doorFailure(404, `no number ${body.phoneNumberId} is configured`);
    const update = inboundUpdateOf(simulation, number, body);
    simulation.tell([update]);
    return doorSuccess({ wamid: update.wamid });
  }),
  "POST /_control/receipts/hold": door(holdBody, ({ simulation }, { replies }) => {
    simulation.hold(replies);
    return doorSuccess({ held: true, replies });
  }),
  "POST /_control/receipts/release": door(releaseBody, ({ simulation }, { perSecond }) =>
    doorSuccess({ held: false, released: simulation.release(perSecond ?? null) }),
  ),
  "POST /_control/lag/reset": door(noBody, ({ lag }) => {
    const simLoopLagMaxMs = lag.maxMs;
    lag.reset();
    return doorSuccess({ simLoopLagMaxMs });
  }),
  "POST /_control/verify-webhook": door(noBody, async ({ simulation }) => {
    const { webhook, app } = simulation.config;
    if (webhook.url === null) return doorFailure(409, "webhook.url is not configured");
    const verified = await verifyCallback(webhook.url, app.verifyToken, webhook.timeoutMs);
    return verified.ok ? doorSuccess({ verified: true }) : doorFailure(502, verified.error.message);
  }),
  "POST /_control/reset": door(resetBody, ({ simulation, lag }, what) => {
    if (simulation.answers.pending > 0) return doorFailure(409, `${simulation.answers.pending} answers are pending; try again`);
    simulation.reset(what);
    lag.reset();
    return doorSuccess({ reset: true });
  }),
  "POST /_control/shutdown": door(noBody, ({ shutdown }) => {
    setImmediate(shutdown);
    return doorSuccess({ stopping: true });
  }),
};

export function answerControl(context: ControlContext, method: string, path: string, body: unknown): DoorAnswer | Promise<DoorAnswer> {
  const run = doors[`${method} ${path}`];
  return run === undefined
    ? doorFailure(404, `no such door: ${method} ${path}; there are ${Object.keys(doors).join(", ")}`)
    : run(context, body);
}
