import { serve } from "@hono/node-server";
import { App } from "@supabase/lite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { jwtVerify } from "jose";
import { authOptions } from "./options.ts";

/** Auth server of the local stack: `@supabase/lite`, used for /auth/v1 only. */
const { AUTH_DATABASE_URL = "", AUTH_JWT_SECRET = "", AUTH_SITE_URL = "", PORT = "" } = process.env;
const key = new TextEncoder().encode(AUTH_JWT_SECRET);

const app = new App({
  connection: createPostgresConnection({ url: AUTH_DATABASE_URL }),
  auth: authOptions(AUTH_JWT_SECRET, AUTH_SITE_URL),
  db: { migrations: { enabled: false } },
  options: {
    server: {
      apiKeys: {
        resolver: async (apiKey) => {
          try {
            const { payload } = await jwtVerify(apiKey, key);
            return { type: payload.role === "service_role" ? "secret" : "publishable", claims: payload };
          } catch {
            return null;
          }
        },
      },
    },
  },
});

serve({
  port: Number(PORT),
  hostname: "127.0.0.1",
  fetch: (request, env) => app.fetch(request, { peerAddress: "incoming" in env ? (env.incoming.socket.remoteAddress ?? null) : null }),
});
