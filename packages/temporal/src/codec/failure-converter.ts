import { DefaultFailureConverter } from "@temporalio/common";

/**
 * Loaded by path, into clients, workers and the workflow bundle alike: no Node here.
 * Without it a failure's message and stack are stored in clear beside the sealed payloads.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
