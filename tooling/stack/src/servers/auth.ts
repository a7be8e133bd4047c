import { authUrl } from "../database/urls.ts";
import type { Server } from "../launcher/server.ts";
import { answersOk } from "./http-health.ts";
import { nodeScript } from "./node-script.ts";
import { jwtSecret, supabaseKeys } from "./supabase-keys.ts";

/** Sign-up, sign-in and sessions. It logs in as the limited role that owns the schema `auth`. No admin API, no mail. */
export const auth: Server = {
  name: "auth",
  needs: ["postgres"],
  portNames: ["auth"],
  process: (context) =>
    nodeScript("auth/main.ts", {
      AUTH_DATABASE_URL: authUrl(context),
      AUTH_JWT_SECRET: jwtSecret(context),
      AUTH_SITE_URL: `http://127.0.0.1:${context.port("supabase")}`,
      PORT: context.port("auth"),
      LITE_TELEMETRY: 0,
      DO_NOT_TRACK: 1,
    }),
  isReady: async (context) => {
    const { SUPABASE_ANON_KEY = "" } = await supabaseKeys(context);
    return answersOk(context.port("auth"), "/auth/v1/health", { apikey: SUPABASE_ANON_KEY });
  },
  settings: () => ({}),
};
