import { fileURLToPath } from "node:url";
import { createSealer, type SealingKeys } from "@herald/sealing";
import type { DataConverter } from "@temporalio/common";
import { createPayloadCodec } from "./payload-codec.ts";

/** For `bundleWorkflowCode` as well: the bundle must convert failures as its worker does. */
export const defaultFailureConverterPath: string = fileURLToPath(import.meta.resolve("@herald/temporal/failure-converter"));

/** The one way payloads and failures are converted, in every client, worker and replay. `keys` are derived for the purpose `temporal-payload`. */
export function createDataConverter(keys: SealingKeys, failureConverterPath = defaultFailureConverterPath): DataConverter {
  return { payloadCodecs: [createPayloadCodec(createSealer(keys), keys.currentKeyId)], failureConverterPath };
}
