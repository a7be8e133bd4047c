export * from "./message.ts";
export * from "./outcome.ts";
export * from "./provider.ts";
export * from "./webhook.ts";
