import { startPusherServer } from "./server.ts";

const { PORT = "", PUSHER_APP_ID = "", PUSHER_KEY = "", PUSHER_SECRET = "", PUSHER_WEBHOOK_URL } = process.env;

await startPusherServer({
  port: Number(PORT),
  appId: PUSHER_APP_ID,
  key: PUSHER_KEY,
  secret: PUSHER_SECRET,
  ...(PUSHER_WEBHOOK_URL === undefined ? {} : { webhookUrl: PUSHER_WEBHOOK_URL }),
});
