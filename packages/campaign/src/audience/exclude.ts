import type { Address } from "@herald/kernel";
import type { FrozenTemplate } from "@herald/provider";
import type { SkipReason } from "../ledger/message-state.ts";
import type { Candidate } from "./audience.ts";

/**
 * Why this person is left out, or null. One reason per person, the most binding first.
 * Marketing needs consent; the other categories need only a person we know. Opted-out and deleted people never get anything they opted out of.
 */
export function exclusionOf(candidate: Candidate, template: Pick<FrozenTemplate, "category">): SkipReason | null {
  const isMarketing = template.category === "MARKETING";
  if (!candidate.isActive) return "contact_inactive";
  if (candidate.address === null) return "no_address";
  if (candidate.suppression === "all") return "suppressed";
  if (isMarketing && (candidate.suppression === "marketing" || candidate.marketingConsent === "withdrawn")) return "opted_out";
  if (isMarketing && candidate.marketingConsent !== "granted") return "no_consent";
  if (isMarketing && isUnitedStates(candidate.address)) return "us_marketing";
  if (isMarketing && candidate.isWithinFrequencyCap) return "frequency_cap";
  if (!isMarketing && !candidate.isKnown) return "not_in_history";
  return null;
}

/** Area codes under +1 that are not of the United States: Canada and the Caribbean are outside Meta's ban on marketing to US numbers. */
const otherNanpAreas = new Set(
  (
    "204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460 468 474 506 514 519 537 548 579 581 584 587 600 604 613 622 " +
    "633 639 644 647 655 672 677 683 688 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942 " +
    "242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 809 829 849 868 869 876"
  ).split(" "),
);

/**
 * Marketing templates are not delivered to US numbers (developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/per-user-limits).
 * A BSUID begins with the country of the person's number, so a person without a known phone is judged alike.
 */
const isUnitedStates = ({ kind, value }: Address): boolean =>
  kind === "bsuid" ? value.startsWith("US.") : value.startsWith("+1") && value.length === 12 && !otherNanpAreas.has(value.slice(2, 5));
