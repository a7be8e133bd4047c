import { randomBytes, randomInt } from "node:crypto";
import type { Server, ServerContext, Settings } from "../launcher/server.ts";
import { answersOk } from "./http-health.ts";
import { nodeScript } from "./node-script.ts";

/** A server of the Pusher Channels protocol, for the `pusher` and `pusher-js` clients. */
export const pusher: Server = {
  name: "pusher",
  needs: [],
  portNames: ["pusher"],
  process: (context) => nodeScript("pusher-server/main.ts", { ...app(context), PORT: context.port("pusher") }),
  isReady: (context) => answersOk(context.port("pusher"), "/health"),
  settings: (context) => ({
    ...app(context),
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: String(context.port("pusher")),
    PUSHER_USE_TLS: "false",
  }),
};

function app({ state }: ServerContext): Settings {
  return {
    PUSHER_APP_ID: state.secret("pusher.app", () => String(randomInt(100_000, 999_999))),
    PUSHER_KEY: state.secret("pusher.key", () => randomBytes(10).toString("hex")),
    PUSHER_SECRET: state.secret("pusher.secret", () => randomBytes(10).toString("hex")),
  };
}
