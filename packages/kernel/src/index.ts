export * from "./actor.ts";
export * from "./address.ts";
export * from "./failure.ts";
export * from "./ids.ts";
export * from "./redact.ts";
export * from "./result.ts";
export * from "./time.ts";
