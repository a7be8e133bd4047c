/**
 * Area codes of +1 that are not in the fifty states or the District of Columbia: Canada, the Caribbean, the Pacific and the Atlantic.
 * Source: North American Numbering Plan Administrator (nanpa.com), area codes by country.
 */
const outsideTheStates = new Set(
  (
    "204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460 468 474 506 514 519 548 579 581 584 587 " +
    "600 604 613 622 633 639 644 647 655 672 677 683 688 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942 " +
    "242 246 264 268 284 340 345 441 473 649 658 664 721 758 767 784 787 809 829 849 868 869 876 939 670 671 684"
  ).split(" "),
);

/** Codes that belong to a service or to nobody's place: toll-free, premium and personal numbers. */
const withoutPlace = /^(?:8(?:00|22|33|44|55|66|77|88)|900|5(?:00|2[1-9]|33|44|66|77|88)|700|710)$/;

/** Whether an E.164 number has the area code of one of the United States: Meta delivers no marketing template to those. */
export function isUnitedStates(e164: string): boolean {
  const areaCode = /^\+1([2-9]\d{2})[2-9]\d{6}$/.exec(e164)?.[1];
  return areaCode !== undefined && !outsideTheStates.has(areaCode) && !withoutPlace.test(areaCode);
}
