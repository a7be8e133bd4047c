export { createDataConverter, defaultFailureConverterPath } from "./data-converter.ts";
