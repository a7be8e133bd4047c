import type { Server, ServerContext } from "../launcher/server.ts";
import { answersOk } from "./http-health.ts";
import { nodeScript } from "./node-script.ts";

/** Upstash's REST interface in front of Valkey. */
export const upstash: Server = {
  name: "upstash",
  needs: ["valkey"],
  portNames: ["upstash"],
  process: (context) =>
    nodeScript("gateway/main.ts", { PORT: context.port("upstash"), VALKEY_PORT: context.port("valkey"), GATEWAY_TOKEN: token(context) }),
  isReady: (context) => answersOk(context.port("upstash"), "/ping", { authorization: `Bearer ${token(context)}` }),
  settings: (context) => ({
    UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${context.port("upstash")}`,
    UPSTASH_REDIS_REST_TOKEN: token(context),
  }),
};

function token({ state }: ServerContext): string {
  return state.secret("upstash.token");
}
