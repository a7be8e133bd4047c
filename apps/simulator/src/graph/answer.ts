import type { Range } from "../config/config.ts";
import { errorEnvelope, type GraphError } from "./errors.ts";

/** What the HTTP layer does with a request, after the configured latency or the one given here. All but `json` leave the client in doubt. */
export type Answer = AnswerKind & { readonly latency?: Range };

type AnswerKind =
  | { readonly kind: "json"; readonly status: number; readonly body: unknown }
  /** The connection is destroyed without a byte. */
  | { readonly kind: "cut" }
  /** No answer until the client leaves or the time is over; then the connection is destroyed. */
  | { readonly kind: "hang"; readonly hangMs: number }
  /** Nothing is ever answered and nothing closed: the connection stands until the client leaves it. */
  | { readonly kind: "half_open" }
  /** A failure of some proxy's: a status of 500 and above, and no JSON of Graph's. */
  | { readonly kind: "server_error"; readonly status: number; readonly body: "html" | "empty" | "json" };

export const success = (body: unknown): Answer => ({ kind: "json", status: 200, body });
export const failure = (error: GraphError): Answer => ({ kind: "json", status: error.httpStatus, body: errorEnvelope(error) });
