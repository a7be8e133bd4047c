import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { PostResult } from "./queue.ts";
import { signatureOf } from "./signature.ts";

export type WebhookTarget = { readonly url: string; readonly appSecret: string; readonly timeoutMs: number };

/** Posts signed webhook bodies over kept-alive connections. Never throws: whatever is not a plain 200 is a reason. */
export class WebhookPoster {
  readonly #http = new HttpAgent({ keepAlive: true });
  readonly #https = new HttpsAgent({ keepAlive: true });

  post(body: Buffer, target: WebhookTarget): Promise<PostResult> {
    const url = new URL(target.url);
    const isTls = url.protocol === "https:";
    return new Promise((resolve) => {
      const fail = (error: NodeJS.ErrnoException): void => resolve({ acknowledged: false, why: error.code ?? error.message });
      const request = (isTls ? httpsRequest : httpRequest)(
        url,
        {
          method: "POST",
          agent: isTls ? this.#https : this.#http,
          headers: {
            "content-type": "application/json",
            "content-length": body.length,
            "user-agent": "facebookexternalua",
            "x-hub-signature-256": signatureOf(body, target.appSecret),
          },
          signal: AbortSignal.timeout(target.timeoutMs),
        },
        (response) => {
          response.on("error", fail).resume();
          response.on("end", () =>
            resolve(response.statusCode === 200 ? { acknowledged: true } : { acknowledged: false, why: `HTTP ${response.statusCode}` }),
          );
        },
      );
      request.on("error", fail).end(body);
    });
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}
