import { err, ok, parseUserId, type Result } from "@herald/kernel";
import { createServerClient, parseCookieHeader, serializeCookieHeader } from "@supabase/ssr";
import { type AuthError, isAuthRetryableFetchError, type SupabaseClient } from "@supabase/supabase-js";
import type { SignUpRefused, Unauthenticated, Unavailable, WrongCredentials } from "../doors/failures.ts";
import type { Session, Sessions } from "../doors/services.ts";
import { clientOptions, type SupabaseConfig, tokenClient } from "./supabase.ts";

/** Named explicitly: by default it is named after the host's first label, and two stacks on one host would sign each other out. */
const cookieName = "herald-session";
/** A long session is cut into `herald-session.0`, `.1` and so on. */
const cookieNames = /^herald-session[\w.-]*$/;
const unauthenticated: Unauthenticated = { type: "unauthenticated" };
const unavailable: Unavailable = { type: "unavailable", service: "sign-in" };

/** Sessions of Supabase Auth, by cookie for browsers and by bearer token for scripts. A client lives as long as its request. */
export function createSessions(config: SupabaseConfig & { readonly isSecure: boolean }): Sessions {
  const cookieOptions = { path: "/", sameSite: "lax", httpOnly: true, secure: config.isSecure } as const;
  const cookieClient = (request: Request | null, written: string[]): SupabaseClient =>
    createServerClient(config.url, config.anonKey, {
      ...clientOptions,
      cookieOptions: { name: cookieName, ...cookieOptions },
      cookies: {
        getAll: () => parseCookieHeader(request?.headers.get("cookie") ?? ""),
        setAll: (cookies) => void written.push(...cookies.map(({ name, value, options }) => serializeCookieHeader(name, value, options))),
      },
    });
  const clear = (names: readonly string[]): readonly string[] =>
    names.map((name) => serializeCookieHeader(name, "", { ...cookieOptions, maxAge: 0 }));

  const sessions: Sessions = {
    async read(request) {
      const bearer = /^Bearer (?<token>\S+)$/i.exec(request.headers.get("authorization") ?? "")?.groups?.["token"];
      if (bearer) return sessionOf(tokenClient(config), bearer, "bearer", []);
      const cookies: string[] = [];
      const client = cookieClient(request, cookies);
      // refreshes an expired session; the token in it is not believed until the claims were checked
      const { data, error } = await client.auth.getSession();
      if (error) return err(isOutage(error) ? unavailable : unauthenticated);
      return data.session ? sessionOf(client, data.session.access_token, "cookie", cookies) : err(unauthenticated);
    },
    async signIn(request, credentials, kind) {
      const cookies: string[] = [];
      // without the request: nothing of an older session may have a say in the new one
      const client = kind === "cookie" ? cookieClient(null, cookies) : tokenClient(config);
      const { data, error } = await client.auth.signInWithPassword(credentials);
      if (error) return err(isOutage(error) ? unavailable : { type: "wrong_credentials" });
      const userId = parseUserId(data.user.id);
      if (!userId) throw new Error("Supabase Auth signed somebody in without an id");
      const { access_token: token, expires_at: expiresAtSeconds = 0 } = data.session;
      // what is left of an older session, whole or in pieces, would be read in the place of the new one
      const kept = cookies.map(nameOf);
      const stale = kind === "cookie" ? namesIn(request).filter((name) => !kept.includes(name)) : [];
      const accessToken = kind === "token" ? token : null;
      return ok({ userId, accessToken, expiresAtMs: expiresAtSeconds * 1000, cookies: [...clear(stale), ...cookies] });
    },
    async signUp(request, credentials, kind) {
      // without the cookie client: it would leave a verifier for a mail that nobody sends
      const { data, error } = await tokenClient(config).auth.signUp(credentials);
      if (error) return err(isOutage(error) ? unavailable : { type: "sign_up_refused" });
      return data.session ? sessions.signIn(request, credentials, kind).then(orRefused) : err({ type: "email_unconfirmed" });
    },
    async signOut(request) {
      // an ended or unknown session is signed out already, and the cookie goes in any case: what the client writes on the way does not count
      await cookieClient(request, []).auth.signOut({ scope: "local" });
      return clear(namesIn(request));
    },
  };
  return sessions;
}

/** Every cookie of a session that the browser sent, also pieces that no session of ours left. */
const namesIn = (request: Request): readonly string[] =>
  parseCookieHeader(request.headers.get("cookie") ?? "")
    .map(({ name }) => name)
    .filter((name) => cookieNames.test(name));
const nameOf = (line: string): string => line.slice(0, line.indexOf("="));

/** Claims that were checked: by the project's public key, or by asking Auth where keys are symmetric. */
async function sessionOf(
  client: SupabaseClient,
  accessToken: string,
  via: Session["via"],
  cookies: readonly string[],
): Promise<Result<Session, Unauthenticated | Unavailable>> {
  const { data, error } = await client.auth.getClaims(accessToken);
  if (error) return err(isOutage(error) ? unavailable : unauthenticated);
  const userId = parseUserId(data?.claims.sub ?? "");
  return userId ? ok({ userId, email: data?.claims.email ?? null, via, accessToken, cookies }) : err(unauthenticated);
}

const orRefused = <T>(signedIn: Result<T, WrongCredentials | Unavailable>): Result<T, SignUpRefused | Unavailable> =>
  signedIn.ok || signedIn.error.type === "unavailable" ? (signedIn as Result<T, Unavailable>) : err({ type: "sign_up_refused" });

const isOutage = (error: AuthError): boolean => isAuthRetryableFetchError(error) || (error.status ?? 0) >= 500;
