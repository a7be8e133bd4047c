import { contactsOfShop, type Person } from "@herald/demo";
import type { Random } from "../plan/random.ts";

/** Those who may be written to: consent given, and not in a country that takes no marketing messages. */
const reachable = contactsOfShop().filter((person) => person.hasConsent && person.city !== "United States");

/** Recipients of one campaign. Whoever said STOP in an earlier trial is left alone, else later campaigns would shrink. */
export function drawPeople(random: Random, count: number, stopped: ReadonlySet<string>): readonly Person[] {
  return random
    .shuffled(reachable)
    .filter(({ phone }) => !stopped.has(phone))
    .slice(0, count);
}
