import type { IncomingHttpHeaders } from "node:http";
import type { Result } from "@herald/kernel";
import type { Token } from "../config/config.ts";
import type { Simulation } from "../simulation.ts";
import { authenticate, visibleNumber, visibleWaba } from "./access.ts";
import { type Answer, failure, success } from "./answer.ts";
import { type GraphError, unknownNode, unknownPath } from "./errors.ts";
import { pickFields } from "./fields.ts";
import { answerMessages } from "./messages.ts";
import { numberNode, templateNode, wabaNode } from "./nodes.ts";
import { pageOf } from "./paging.ts";
import { answerDebugToken } from "./token-debug.ts";

export type GraphCall = {
  readonly method: string;
  /** Path without the version, e.g. `/4000000000000001/messages`. */
  readonly path: string;
  /** The whole address, for the query and for paging. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined when it was none. */
  readonly body: unknown;
  readonly atMs: number;
};

const versionPattern = /^\/v\d+\.\d+(?=\/)/;

/** The path below the version; null when there is no `/vN.N/` in front. */
export const unversioned = (path: string): string | null => (versionPattern.test(path) ? path.replace(versionPattern, "") : null);

/** Whether a request is a send, which alone is delayed and metered. */
export const isMessagesCall = (method: string, path: string): boolean => method === "POST" && /^\/[^/]+\/messages$/.test(path);

export function answerGraph(simulation: Simulation, call: GraphCall): Answer {
  const [, nodeId = "", edge, ...rest] = call.path.split("/");
  if (rest.length > 0) return failure(unknownPath(call.path));
  if (isMessagesCall(call.method, call.path)) return answerMessages(simulation, { ...call, phoneNumberId: nodeId });
  if (call.path === "/debug_token") return answerDebugToken(simulation, call.headers, call.url.searchParams);
  const token = authenticate(call.headers, simulation.state.directory, call.atMs);
  return token.ok ? answerNode(simulation, call, token.value, nodeId, edge ?? null) : failure(token.error);
}

function answerNode(simulation: Simulation, call: GraphCall, token: Token, nodeId: string, edge: string | null): Answer {
  const { config, directory } = simulation.state;
  const { searchParams } = call.url;
  const number = visibleNumber(nodeId, token, directory);
  const waba = visibleWaba(nodeId, token, directory);
  if (call.method === "GET" && edge === null && number !== null)
    return answerOf(pickFields(numberNode(number, config), searchParams.get("fields")));
  if (call.method === "GET" && edge === null && waba !== null) return answerOf(pickFields(wabaNode(waba), searchParams.get("fields")));
  if (waba !== null && edge === "subscribed_apps") return answerSubscription(simulation, call.method, nodeId, waba.subscribed);
  if (waba !== null && call.method === "GET" && edge === "phone_numbers") {
    const numbers = config.numbers.filter((each) => each.wabaId === nodeId);
    return answerOf(
      pageOf(
        numbers.map((each) => numberNode(each, config)),
        call.url,
      ),
    );
  }
  if (waba !== null && call.method === "GET" && edge === "message_templates") {
    const wanted = (["name", "language", "status", "category"] as const).map((key) => [key, searchParams.get(key)] as const);
    const templates = config.templates.filter(
      (each) => each.wabaId === nodeId && wanted.every(([key, value]) => value === null || each[key] === value),
    );
    return answerOf(pageOf(templates.map(templateNode), call.url));
  }
  const method = call.method === "POST" ? "post" : call.method === "DELETE" ? "delete" : "get";
  return failure(unknownNode(nodeId, method));
}

/** Source: developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps */
function answerSubscription(simulation: Simulation, method: string, wabaId: string, isSubscribed: boolean): Answer {
  const { app } = simulation.config;
  if (method === "POST" || method === "DELETE") {
    simulation.configure({ wabas: [{ wabaId, subscribed: method === "POST" }] });
    return success({ success: true });
  }
  if (method !== "GET") return failure(unknownNode(wabaId, "get"));
  return success({ data: isSubscribed ? [{ whatsapp_business_api_data: { id: app.appId, name: "Simulated app" } }] : [] });
}

const answerOf = (result: Result<unknown, GraphError>): Answer => (result.ok ? success(result.value) : failure(result.error));
