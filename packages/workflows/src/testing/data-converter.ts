import { createDataConverter } from "@herald/temporal/codec";

/** Recorded histories are sealed as real ones are. This key opens them and nothing else. */
const key = Uint8Array.from({ length: 32 }, (_, index) => index);

export const testDataConverter = createDataConverter({ currentKeyId: "recorded-histories", keysById: { "recorded-histories": key } });
