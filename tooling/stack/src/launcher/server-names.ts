/** Every process of the local stack, in the order in which they are shown. */
export const serverNames = ["postgres", "auth", "postgrest", "supabase", "temporal", "valkey", "upstash", "pusher", "mongo"] as const;

export type ServerName = (typeof serverNames)[number];
