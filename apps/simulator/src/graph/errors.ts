import { randomBytes } from "node:crypto";
import { catalogueEntry } from "./error-catalogue.ts";

/** A refusal, before it is put into Graph's envelope. */
export type GraphError = {
  readonly httpStatus: number;
  readonly code: number;
  readonly message: string;
  readonly type: "OAuthException" | "GraphMethodException";
  readonly subcode?: number;
  readonly details?: string;
};

/** A WhatsApp failure of the catalogue: `(#code) title`, with `details` under `error_data`. */
export function whatsappError(code: number, details: string | null = catalogueEntry(code).details): GraphError {
  const { httpStatus, title } = catalogueEntry(code);
  return { httpStatus, code, message: `(#${code}) ${title}`, type: "OAuthException", ...(details === null ? {} : { details }) };
}

/** A parameter fault: Graph puts the whole sentence into `message` and sends no `error_data`. */
export const parameterError = (sentence: string): GraphError => ({
  httpStatus: 400,
  code: 100,
  message: `(#100) ${sentence}`,
  type: "OAuthException",
});

/** No token at all. Source: the 401 responses of github.com/facebook/openapi business-messaging-api_v23.0.yaml. */
export const missingToken: GraphError = {
  httpStatus: 401,
  code: 104,
  message: "An access token is required to request this resource.",
  type: "OAuthException",
};

/** Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes, code 190. */
export const invalidToken: GraphError = {
  httpStatus: 401,
  code: 190,
  message: "Invalid OAuth access token - Cannot parse access token",
  type: "OAuthException",
};

export const expiredToken = (expiredAtMs: number): GraphError => ({
  httpStatus: 401,
  code: 190,
  subcode: 463,
  message: `Error validating access token: Session has expired on ${new Date(expiredAtMs).toUTCString()}.`,
  type: "OAuthException",
});

/** Graph answers alike for a node that does not exist and one the token may not see: code 100, subcode 33. */
export const unknownNode = (nodeId: string, method: "get" | "post" | "delete"): GraphError => ({
  httpStatus: 400,
  code: 100,
  subcode: 33,
  message:
    `Unsupported ${method} request. Object with ID '${nodeId}' does not exist, cannot be loaded due to missing permissions, ` +
    "or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api",
  type: "GraphMethodException",
});

export const unknownPath = (path: string): GraphError => ({
  httpStatus: 400,
  code: 2500,
  message: `Unknown path components: ${path}`,
  type: "OAuthException",
});

/** Graph's error body. Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
export function errorEnvelope(error: GraphError): Record<string, unknown> {
  return {
    error: {
      message: error.message,
      type: error.type,
      code: error.code,
      ...(error.details === undefined ? {} : { error_data: { messaging_product: "whatsapp", details: error.details } }),
      ...(error.subcode === undefined ? {} : { error_subcode: error.subcode }),
      fbtrace_id: `A${randomBytes(16).toString("base64url")}`,
    },
  };
}
