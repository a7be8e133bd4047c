import type { UserId } from "./ids.ts";

export const roles = ["owner", "admin", "member", "viewer"] as const;
export type Role = (typeof roles)[number];

/** Who acts. Verbs never see a session, a header or a token. */
export type Actor =
  | { readonly kind: "user"; readonly userId: UserId; readonly role: Role }
  | { readonly kind: "api_key"; readonly apiKeyId: string; readonly role: Role }
  | { readonly kind: "system"; readonly name: string }
  | { readonly kind: "webhook"; readonly provider: string };
