import type { FaultKind } from "../plan/kinds.ts";
import { clockFaults } from "./clocks.ts";
import type { Fault } from "./fault.ts";
import { kills } from "./kills.ts";
import { networkFaults } from "./network.ts";
import { peopleFaults } from "./people.ts";
import { providerFaults } from "./provider.ts";

export const faultsByKind: Readonly<Record<FaultKind, Fault>> = {
  ...kills,
  ...networkFaults,
  ...providerFaults,
  ...clockFaults,
  ...peopleFaults,
};
