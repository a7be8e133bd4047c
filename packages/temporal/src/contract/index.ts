export * from "./dispatch.ts";
export * from "./names.ts";
export * from "./tuning.ts";
