/** Where one can go in a workspace. Order and groups follow the operator's tasks. */
export const placeGroups = [
  { key: "send", places: ["campaigns"] },
  { key: "people", places: ["contacts", "imports"] },
  { key: "workspace", places: ["senders", "members", "settings"] },
] as const;
export type Place = (typeof placeGroups)[number]["places"][number];

const pathByPlace: Readonly<Record<Place, string>> = {
  campaigns: "campaigns",
  contacts: "contacts",
  imports: "contacts/imports",
  senders: "senders",
  members: "settings/members",
  settings: "settings",
};
export const hrefOf = (workspaceId: string, place: Place): string => `/panel/w/${workspaceId}/${pathByPlace[place]}`;

/** The place whose path is the longest beginning of the address: `contacts/imports/1` is an import, not a contact; so is the page that begins one. */
export function placeOf(workspaceId: string, pathname: string): Place | null {
  if (pathname === `/panel/w/${workspaceId}/contacts/import`) return "imports";
  const within = placeGroups
    .flatMap(({ places }): readonly Place[] => places)
    .filter((place) => `${pathname}/`.startsWith(`${hrefOf(workspaceId, place)}/`))
    .toSorted((one, other) => pathByPlace[other].length - pathByPlace[one].length);
  return within[0] ?? null;
}
