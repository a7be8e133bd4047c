import type { Server } from "../launcher/server.ts";
import { answersOk } from "./http-health.ts";
import { nodeScript } from "./node-script.ts";
import { supabaseKeys } from "./supabase-keys.ts";

/** The one address of the Supabase part: API and auth behind SUPABASE_URL. */
export const supabase: Server = {
  name: "supabase",
  needs: ["postgrest", "auth"],
  portNames: ["supabase"],
  process: (context) =>
    nodeScript("supabase-front/main.ts", {
      PORT: context.port("supabase"),
      REST_PORT: context.port("postgrest"),
      AUTH_PORT: context.port("auth"),
    }),
  isReady: async (context) => {
    const { SUPABASE_ANON_KEY = "" } = await supabaseKeys(context);
    return answersOk(context.port("supabase"), "/rest/v1/", { apikey: SUPABASE_ANON_KEY });
  },
  settings: async (context) => ({
    SUPABASE_URL: `http://127.0.0.1:${context.port("supabase")}`,
    ...(await supabaseKeys(context)),
  }),
};
