export { createMetaProvider, type MetaProvider, type MetaProviderConfig } from "./provider.ts";
