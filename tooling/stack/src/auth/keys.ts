import { SignJWT } from "jose";

/** Ten years: the keys live and die with the state folder. */
const lifetimeSeconds = 10 * 365 * 24 * 3_600;

/** An API key as Supabase's legacy keys are: a JWT (HS256) that names a database role. */
export async function apiKey(role: "anon" | "service_role", jwtSecret: string, issuedAtSeconds: number): Promise<string> {
  return new SignJWT({ role })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer("supabase")
    .setIssuedAt(issuedAtSeconds)
    .setExpirationTime(issuedAtSeconds + lifetimeSeconds)
    .sign(new TextEncoder().encode(jwtSecret));
}
