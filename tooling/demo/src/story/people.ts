/**
 * People who do not exist, reachable at numbers nobody has: 555-0100 to 555-0199 of North American area codes, and the ranges
 * the German and Swedish regulators keep for films. The same call gives the same people.
 */
export type Person = {
  readonly phone: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly city: string;
  readonly hasConsent: boolean;
};

const places: readonly {
  readonly city: string;
  readonly prefix: string;
  readonly first: number;
  readonly count: number;
  readonly digits: number;
}[] = [
  ...canada(),
  ...caribbean(),
  { city: "Berlin", prefix: "+4917604069", first: 0, count: 100, digits: 3 },
  { city: "Hamburg", prefix: "+4917139200", first: 0, count: 100, digits: 2 },
  { city: "Malmö", prefix: "+467017406", first: 5, count: 95, digits: 2 },
  ...["212", "213", "305", "312", "415", "512", "617"].map((area) => nanp(area, "United States")),
];
const firstNames = [
  "Ana",
  "Ben",
  "Chloé",
  "Dario",
  "Elif",
  "Farid",
  "Grace",
  "Hugo",
  "Inés",
  "Jonas",
  "Kemi",
  "Léa",
  "Mateo",
  "Nadia",
  "Omar",
  "Priya",
  "Quinn",
  "Rosa",
  "Søren",
  "Tala",
];
const lastNames = [
  "Almeida",
  "Berg",
  "Castro",
  "Dubois",
  "Eriksen",
  "Fischer",
  "García",
  "Haddad",
  "Ivanova",
  "Jansen",
  "Kaya",
  "Lopez",
  "Müller",
  "Nguyen",
  "Okafor",
  "Petit",
  "Rossi",
  "Silva",
];

/** Every one of the shop's people; ten without a first name in a thousand, so that a fallback has work to do. */
function allPeople(): readonly Person[] {
  const phones = places.flatMap(({ city, prefix, first, count, digits }) =>
    Array.from({ length: count }, (_, index) => ({ city, phone: `${prefix}${String(first + index).padStart(digits, "0")}` })),
  );
  return phones.map(({ city, phone }, index) => ({
    phone,
    city,
    firstName: index % 100 === 37 ? "" : (firstNames[(index * 7) % firstNames.length] ?? ""),
    lastName: lastNames[(index * 11) % lastNames.length] ?? "",
    hasConsent: index % 99 !== 98,
  }));
}

/** The shop's contacts: 5,000 people. */
export const contactsOfShop = (): readonly Person[] => allPeople().slice(0, 5000);

/** Those of the spring sale: 2,000 of them, in a hundred one that opted out, in two hundred one in the United States. */
export function recipientsOfSpringSale(): readonly Person[] {
  const people = contactsOfShop();
  const abroad = people.filter((person) => person.city !== "United States").slice(0, 1990);
  return [...abroad, ...people.filter((person) => person.city === "United States" && person.hasConsent).slice(0, 10)];
}

export function toCsv(people: readonly Person[]): string {
  const rows = people.map((person) =>
    [person.phone, person.firstName, person.lastName, person.city, person.hasConsent ? "yes" : "no"].join(","),
  );
  return `${["phone,first_name,last_name,city,marketing_consent", ...rows].join("\n")}\n`;
}

function canada() {
  const areas =
    "204 226 236 249 250 289 306 343 365 403 416 418 431 437 438 450 506 514 519 548 579 581 587 604 613 639 647 705 709 778 780 807 819 867 873 902 905".split(
      " ",
    );
  return areas.map((area) => nanp(area, "Canada"));
}
function caribbean() {
  return ["809", "829", "849", "876"].map((area) => nanp(area, "Caribbean"));
}
function nanp(area: string, city: string) {
  return { city, prefix: `+1${area}55501`, first: 0, count: 100, digits: 2 };
}
