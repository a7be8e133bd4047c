export { metaCodeRanges, metaCodes } from "./codes.ts";
export { createMetaProvider } from "./provider.ts";
