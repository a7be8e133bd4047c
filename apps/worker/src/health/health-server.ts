import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Metrics } from "@herald/observability";
import type { Health } from "./health.ts";

export type HealthServer = { readonly port: number; readonly close: () => Promise<void> };

/** `GET /health` (200, or 503 while not ready) and `GET /metrics`, for the supervisor of this process; never for the public. */
export async function startHealthServer(deps: { health: Health; metrics: Metrics; host: string; port: number }): Promise<HealthServer> {
  const server = createServer((request, response) => {
    void answer(deps, request.url ?? "", response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(deps.port, deps.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer({ health, metrics }: { health: Health; metrics: Metrics }, url: string, response: ServerResponse): Promise<void> {
  const report = await health.report();
  if (url === "/health") {
    response.writeHead(report.isReady ? 200 : 503, { "content-type": "application/json" }).end(JSON.stringify(report));
  } else if (url === "/metrics") {
    const { contentType, body } = await metrics.expose();
    response.writeHead(200, { "content-type": contentType }).end(body);
  } else response.writeHead(404).end();
}
