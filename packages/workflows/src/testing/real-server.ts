import { attach } from "@herald/stack";

/** The Temporal server that the integration run has booted. */
export function temporalAddress(): string {
  const stateDir = process.env["HERALD_TEST_STATE_DIR"];
  if (stateDir === undefined) throw new Error("HERALD_TEST_STATE_DIR is not set: run this by vitest's project `integration`");
  const address = attach(stateDir).settings["TEMPORAL_ADDRESS"];
  if (address === undefined) throw new Error("the stack has no Temporal");
  return address;
}
