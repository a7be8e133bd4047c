import { errorEnvelope, type GraphError } from "./errors.ts";

/** What the HTTP layer does with a request. All but `json` leave the client in doubt. */
export type Answer =
  | { readonly kind: "json"; readonly status: number; readonly body: unknown }
  /** The connection is destroyed without a byte. */
  | { readonly kind: "cut" }
  /** No answer until the client leaves or the time is over; then the connection is destroyed. */
  | { readonly kind: "hang"; readonly hangMs: number }
  /** A 500 whose body is a proxy's HTML page. */
  | { readonly kind: "server_error" };

export const success = (body: unknown): Answer => ({ kind: "json", status: 200, body });
export const failure = (error: GraphError): Answer => ({ kind: "json", status: error.httpStatus, body: errorEnvelope(error) });
