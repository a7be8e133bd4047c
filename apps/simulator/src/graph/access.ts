import type { IncomingHttpHeaders } from "node:http";
import { err, ok, type Result } from "@herald/kernel";
import type { BusinessNumber, Token, Waba } from "../config/config.ts";
import type { Directory } from "../directory.ts";
import { expiredToken, type GraphError, invalidToken, missingToken } from "./errors.ts";

/** The token of `Authorization: Bearer …`, checked against the configured ones. */
export function authenticate(headers: IncomingHttpHeaders, directory: Directory, nowMs: number): Result<Token, GraphError> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  return bearer === undefined ? err(missingToken) : checkToken(bearer, directory, nowMs);
}

export function checkToken(written: string, directory: Directory, nowMs: number): Result<Token, GraphError> {
  const token = directory.token(written);
  if (token === undefined) return err(invalidToken);
  return token.expiresAtMs !== null && token.expiresAtMs <= nowMs ? err(expiredToken(token.expiresAtMs)) : ok(token);
}

const sees = (token: Token, wabaId: string): boolean => token.wabaIds === null || token.wabaIds.includes(wabaId);

export function visibleNumber(phoneNumberId: string, token: Token, directory: Directory): BusinessNumber | null {
  const number = directory.number(phoneNumberId);
  return number !== undefined && sees(token, number.wabaId) ? number : null;
}

export function visibleWaba(wabaId: string, token: Token, directory: Directory): Waba | null {
  const waba = directory.waba(wabaId);
  return waba !== undefined && sees(token, wabaId) ? waba : null;
}
