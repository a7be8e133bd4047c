import { createClient, type SupabaseClient } from "@supabase/supabase-js";

export type SupabaseConfig = { readonly url: string; readonly anonKey: string };

const deadlineMs = 3000;
const withDeadline: typeof fetch = (input, init) =>
  fetch(input, { ...init, signal: AbortSignal.any([AbortSignal.timeout(deadlineMs), ...(init?.signal ? [init.signal] : [])]) });

export const clientOptions = { global: { fetch: withDeadline } } as const;

/** A client that keeps no session: who it speaks for is given with each call. */
export const tokenClient = ({ url, anonKey }: SupabaseConfig): SupabaseClient =>
  createClient(url, anonKey, { ...clientOptions, auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false } });

/** Reads of screens: every request carries the member's token, and Postgres holds it to the member's workspaces. */
export const memberClient = ({ url, anonKey }: SupabaseConfig, accessToken: string): SupabaseClient =>
  createClient(url, anonKey, { ...clientOptions, accessToken: async () => accessToken });

/** Whether Auth answers; for the health door. */
export async function isAuthReachable({ url, anonKey }: SupabaseConfig): Promise<boolean> {
  return (await withDeadline(new URL("/auth/v1/health", url), { headers: { apikey: anonKey } })).ok;
}
