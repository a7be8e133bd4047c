import type { NextConfig } from "next";

/** What must not be bundled: native parts, files read by path, and gRPC's reflection, which a half-bundled tree breaks. */
const loadedFromDisk = [
  "@temporalio/client",
  "@temporalio/common",
  "@temporalio/proto",
  "@grpc/grpc-js",
  "protobufjs",
  "pg",
  "pino",
  "undici",
  "pusher",
];

/** Packages of this repository export TypeScript. */
const ours = [
  "campaign",
  "contacts",
  "identity",
  "kernel",
  "observability",
  "postgres",
  "provider",
  "provider-meta",
  "pusher",
  "redis",
  "sealing",
  "temporal",
  "ui",
].map((name) => `@herald/${name}`);

const config: NextConfig = {
  transpilePackages: ours,
  serverExternalPackages: loadedFromDisk,
  poweredByHeader: false,
  // doors compress nothing themselves; a proxy does
  compress: false,
};
export default config;
