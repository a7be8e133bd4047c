import type { ConfigIssue } from "./config/config.ts";

/** Answer of a control or truth door (not of the Graph API). */
export type DoorAnswer = { readonly status: number; readonly body: unknown };

export const doorSuccess = (body: unknown): DoorAnswer => ({ status: 200, body });

export const doorFailure = (status: number, message: string, issues: readonly ConfigIssue[] = []): DoorAnswer => ({
  status,
  body: { error: { message, issues } },
});
