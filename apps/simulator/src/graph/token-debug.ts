import type { IncomingHttpHeaders } from "node:http";
import type { Simulation } from "../simulation.ts";
import { authenticate, checkToken } from "./access.ts";
import { type Answer, failure, success } from "./answer.ts";
import { parameterError } from "./errors.ts";

const scopes = ["whatsapp_business_management", "whatsapp_business_messaging"];

/**
 * `GET /debug_token?input_token=…`: may be asked with any valid token or with the app's own (`appId|secret`), by header or `access_token`.
 * Source: developers.facebook.com/docs/graph-api/reference/debug_token
 */
export function answerDebugToken(simulation: Simulation, headers: IncomingHttpHeaders, query: URLSearchParams): Answer {
  const { app } = simulation.config;
  const written = query.get("access_token");
  const authorization = written === null ? headers.authorization : `Bearer ${written}`;
  if (authorization !== `Bearer ${app.appId}|${app.secret}`) {
    const caller = authenticate({ authorization }, simulation.state.directory, simulation.nowMs());
    if (!caller.ok) return failure(caller.error);
  }
  const input = query.get("input_token");
  if (input === null) return failure(parameterError("The parameter input_token is required."));
  const token = checkToken(input, simulation.state.directory, simulation.nowMs());
  if (!token.ok)
    return success({
      data: { app_id: app.appId, is_valid: false, scopes: [], error: { code: token.error.code, message: token.error.message } },
    });
  const { wabaIds, expiresAtMs } = token.value;
  return success({
    data: {
      app_id: app.appId,
      type: "SYSTEM_USER",
      application: "Simulated app",
      is_valid: true,
      expires_at: expiresAtMs === null ? 0 : Math.floor(expiresAtMs / 1000),
      data_access_expires_at: 0,
      scopes,
      granular_scopes: scopes.map((scope) => (wabaIds === null ? { scope } : { scope, target_ids: wabaIds })),
    },
  });
}
