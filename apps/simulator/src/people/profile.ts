import { hash32 } from "../random.ts";

const firstNames = ["Ana", "José", "Priya", "Zoë", "Łukasz", "Mehmet", "Olga", "Søren", "アオイ", "محمد", "Chloé", "Thị Mai"] as const;
const initials = "ABCDEFGHIJKLMNOPRSTVWYZ";

/** The profile name webhooks show for a user: stable per user, often outside ASCII so that receivers meet escaped unicode. */
export function profileNameOf(userId: string): string {
  const hash = hash32("profile", userId);
  return `${firstNames[hash % firstNames.length]} ${initials[(hash >>> 8) % initials.length]}.`;
}
