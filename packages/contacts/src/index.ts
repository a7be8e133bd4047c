export * from "./import/guess-mapping.ts";
export * from "./import/import-contacts.ts";
export * from "./import/mapping.ts";
export * from "./import/problems.ts";
export * from "./import/refusal.ts";
export * from "./ports.ts";
