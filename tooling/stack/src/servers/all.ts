import type { Server } from "../launcher/server.ts";
import type { ServerName } from "../launcher/server-names.ts";
import { auth } from "./auth.ts";
import { mongo } from "./mongo.ts";
import { postgres } from "./postgres.ts";
import { postgrest } from "./postgrest.ts";
import { pusher } from "./pusher.ts";
import { supabase } from "./supabase.ts";
import { temporal } from "./temporal.ts";
import { upstash } from "./upstash.ts";
import { valkey } from "./valkey.ts";

export const servers: Readonly<Record<ServerName, Server>> = {
  postgres,
  auth,
  postgrest,
  supabase,
  temporal,
  valkey,
  upstash,
  pusher,
  mongo,
};

/** The named servers and all they need, each after what it needs. */
export function withNeeds(names: readonly ServerName[]): Server[] {
  const ordered = new Set<Server>();
  const add = (name: ServerName) => {
    for (const needed of servers[name].needs) add(needed);
    ordered.add(servers[name]);
  };
  for (const name of names) add(name);
  return [...ordered];
}
