import type { Sealer } from "@herald/sealing";
import type { Payload, PayloadCodec } from "@temporalio/common";
import proto from "@temporalio/proto";

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
/** Authenticated with every payload: sealed data of another store cannot be passed off as one. */
const context = "temporal-payload";
const sealedEncoding = "binary/encrypted";

/**
 * Seals every payload before it leaves the process, so that Temporal's database, screens and exports hold no readable input, result or failure (law L12).
 * A payload that nobody sealed passes as it is: an operator may start or signal by Temporal's own tools.
 */
export function createPayloadCodec(sealer: Sealer, keyId: string): PayloadCodec {
  const metadata = { encoding: Buffer.from(sealedEncoding), "encryption-key-id": Buffer.from(keyId) };
  return {
    encode: async (payloads) =>
      payloads.map((payload): Payload => ({ metadata, data: sealer.seal(PayloadMessage.encode(payload).finish(), context) })),
    decode: async (payloads) =>
      payloads.map((payload) => (isSealed(payload) ? PayloadMessage.decode(sealer.open(payload.data, context)) : payload)),
  };
}

function isSealed(payload: Payload): payload is Payload & { data: Uint8Array } {
  const encoding = payload.metadata?.["encoding"];
  return encoding !== undefined && encoding !== null && Buffer.from(encoding).toString() === sealedEncoding;
}
