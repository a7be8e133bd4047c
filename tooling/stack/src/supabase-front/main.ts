import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";

/** One address for the API and the auth server, as a Supabase project has: /rest/v1 → PostgREST, /auth/v1 → auth. */
const { REST_PORT = "", AUTH_PORT = "", PORT = "" } = process.env;
const routes = [
  { prefix: "/rest/v1", port: Number(REST_PORT), keepPrefix: false },
  { prefix: "/auth/v1", port: Number(AUTH_PORT), keepPrefix: true },
] as const;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const url = incoming.url ?? "/";
  const route = routes.find(({ prefix }) => url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`));
  if (!route) return answer(outgoing, 404, "no such API: /rest/v1 and /auth/v1 are served here");
  const headers: IncomingHttpHeaders = { ...incoming.headers, host: `127.0.0.1:${route.port}` };
  // Hosted gateways do the same: a request with only an API key acts as that key's role.
  if (!headers.authorization && typeof headers.apikey === "string") headers.authorization = `Bearer ${headers.apikey}`;
  const path = route.keepPrefix ? url : url.slice(route.prefix.length).replace(/^(?!\/)/, "/");
  const upstream = request({ agent, host: "127.0.0.1", port: route.port, method: incoming.method, path, headers }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
  });
  upstream.on("error", (error) => (outgoing.headersSent ? outgoing.destroy() : answer(outgoing, 502, error.message)));
  outgoing.on("close", () => upstream.destroy());
  incoming.pipe(upstream);
}

function answer(outgoing: ServerResponse, status: number, message: string): void {
  outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ message }));
}

createServer(forward).listen(Number(PORT), "127.0.0.1");
