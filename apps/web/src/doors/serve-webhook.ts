import { type Answer, failed } from "./answer.ts";
import { readRaw } from "./body.ts";
import type { WebhookDoor } from "./declaration.ts";
import type { Services } from "./services.ts";

/** 200 means that the bytes are committed. Everything else makes the provider send them again, which is what we want. */
export async function serveWebhook(door: WebhookDoor, services: Services, request: Request): Promise<Answer> {
  const raw = await readRaw(request, door.maxBytes);
  if (!raw.ok) return failed(raw.error);
  if (!door.isSigned(services, raw.value, request.headers)) return failed({ type: "bad_signature" });
  try {
    await door.store(services, raw.value);
  } catch (error) {
    services.log.error("webhook.not_stored", { error });
    return failed({ type: "unavailable", service: "database" });
  }
  return { kind: "success", status: 200, format: "json", body: { received: true }, facts: {} };
}
