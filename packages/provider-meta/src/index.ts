export { createMetaProvider } from "./provider.ts";
