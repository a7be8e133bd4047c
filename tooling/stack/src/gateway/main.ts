import { startGateway } from "./server.ts";

const { PORT = "", VALKEY_PORT = "", GATEWAY_TOKEN = "" } = process.env;

await startGateway({ port: Number(PORT), valkeyPort: Number(VALKEY_PORT), token: GATEWAY_TOKEN });
