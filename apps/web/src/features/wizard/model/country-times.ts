import { localAt } from "./zone-moment.ts";

export type CountryCount = { readonly country: string | null; readonly count: number };
/** When a moment is for the people of one country; `from` and `to` differ where the country has several clocks. */
export type CountryTime = {
  readonly country: string;
  readonly count: number;
  /** "07:00" */
  readonly from: string;
  readonly to: string;
  /** Before 08:00 or from 21:00 on, for at least some. */
  readonly isNight: boolean;
};

const isNightAt = (time: string): boolean => time < "08:00" || time >= "21:00";

/** What the clocks of the audience show at an instant, most people first. People whose country nobody knows are not in it. */
export function countryTimesOf(
  atMs: number,
  countries: readonly CountryCount[],
  zonesByCountry: Readonly<Record<string, readonly string[]>>,
): readonly CountryTime[] {
  return countries
    .flatMap(({ country, count }) => {
      const zones = country === null ? [] : (zonesByCountry[country] ?? []);
      const clocks = zones.map((zone) => localAt(zone, atMs)).toSorted();
      const [first, last] = [clocks[0]?.slice(11), clocks.at(-1)?.slice(11)];
      if (country === null || first === undefined || last === undefined) return [];
      return [{ country, count, from: first, to: last, isNight: clocks.some((clock) => isNightAt(clock.slice(11))) }];
    })
    .toSorted((one, other) => other.count - one.count);
}

/** The zones of every country, as the platform knows them. */
export function zonesByCountry(): Readonly<Record<string, readonly string[]>> {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const found: Record<string, readonly string[]> = {};
  for (const first of letters) {
    for (const second of letters) {
      const zones = zonesOf(`${first}${second}`);
      if (zones.length > 0) found[`${first}${second}`] = zones;
    }
  }
  return found;
}

/** Not in the language's library yet: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Intl/Locale/getTimeZones */
type WithZones = Intl.Locale & { readonly getTimeZones?: () => readonly string[] | undefined };
const zonesOf = (country: string): readonly string[] => (new Intl.Locale(`und-${country}`) as WithZones).getTimeZones?.() ?? [];
