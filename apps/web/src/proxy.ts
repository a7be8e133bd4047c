import { type NextRequest, NextResponse } from "next/server";
import { browserRealtimeOf } from "./container/browser-realtime.ts";
import { createSessions } from "./container/sessions.ts";
import { env } from "./env.ts";
import { contentSecurityPolicy } from "./panel/content-security.ts";
import { withCookies } from "./panel/request-cookies.ts";
import { pathHeader } from "./panel/sign-in-path.ts";

/**
 * What stands before every screen. Screens cannot set cookies while they render, so a session that is about to end is refreshed here; doors do it
 * themselves. The path goes along as a header: a screen that asks to sign in first leads back to where the visitor wanted to go.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const settings = env();
  const { SUPABASE_URL: url, SUPABASE_ANON_KEY: anonKey, HERALD_PUBLIC_URL: publicUrl } = settings;
  const session = await createSessions({ url, anonKey, isSecure: publicUrl.startsWith("https:") }).read(request);
  const refreshed = session.ok ? session.value.cookies : [];
  const realtime = browserRealtimeOf(settings);
  const policy = contentSecurityPolicy({
    nonce: Buffer.from(crypto.randomUUID()).toString("base64"),
    realtimeOrigin: realtime && `${realtime.useTls ? "wss" : "ws"}://${realtime.host}:${realtime.port}`,
    isDevelopment: settings.NODE_ENV === "development",
  });
  const headers = new Headers(request.headers);
  headers.set(pathHeader, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  // Next finds its nonce here
  headers.set("content-security-policy", policy);
  if (refreshed.length > 0) headers.set("cookie", withCookies(request.headers.get("cookie") ?? "", refreshed));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("x-content-type-options", "nosniff");
  for (const line of refreshed) response.headers.append("set-cookie", line);
  return response;
}

export const config = { matcher: ["/", "/sign-in", "/panel/:path*", "/invite/:path*"] };
