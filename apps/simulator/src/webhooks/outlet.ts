import type { Config } from "../config/config.ts";
import type { Directory } from "../directory.ts";
import { shownIdentity } from "../people/identity.ts";
import type { AcceptedMessage } from "../truth/events.ts";
import { composePayload, phoneNumberIdOf } from "./payloads.ts";
import { WebhookPoster } from "./post.ts";
import type { PostResult } from "./queue.ts";
import { toWireBytes } from "./signature.ts";
import type { PlannedUpdate } from "./updates.ts";

/** The state an outlet reads at the moment it needs it. */
export type OutletView = {
  readonly config: () => Config;
  readonly directory: () => Directory;
  readonly sendOf: (wamid: string) => AcceptedMessage | undefined;
};

/** The app's webhook subscription: who listens, what a batch says, and the signed POST of it. */
export class WebhookOutlet {
  readonly #view: OutletView;
  readonly #poster = new WebhookPoster();

  constructor(view: OutletView) {
    this.#view = view;
  }

  isSubscribed(update: PlannedUpdate): boolean {
    const directory = this.#view.directory();
    const wabaId =
      update.kind === "notice" ? update.wabaId : directory.number(phoneNumberIdOf(update, { messageOf: this.#messageOf }))?.wabaId;
    return this.#view.config().webhook.url !== null && wabaId !== undefined && directory.waba(wabaId)?.subscribed === true;
  }

  compose(updates: readonly PlannedUpdate[]): Buffer {
    const config = this.#view.config();
    const directory = this.#view.directory();
    return toWireBytes(
      composePayload(updates, {
        messageOf: this.#messageOf,
        numberOf: (phoneNumberId) => known(directory.number(phoneNumberId), "number"),
        shownAs: (waId, userId) => shownIdentity(config, waId, userId),
        opaqueOnFailed: config.webhook.opaqueOnFailed,
      }),
    );
  }

  async post(body: Buffer): Promise<PostResult> {
    const { webhook, app } = this.#view.config();
    if (webhook.url === null || app.secret === null) return { acknowledged: false, why: "no callback configured" };
    return this.#poster.post(body, { url: webhook.url, appSecret: app.secret, timeoutMs: webhook.timeoutMs });
  }

  close(): void {
    this.#poster.close();
  }

  readonly #messageOf = (wamid: string): AcceptedMessage => known(this.#view.sendOf(wamid), "message");
}

/** Numbers and messages are only ever forgotten together with their updates, so a missing one is a defect. */
function known<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`a planned update names a ${what} that does not exist`);
  return value;
}
