import type { Sender, SenderPort } from "@herald/campaign";
import { oneOrNone, type Sql } from "../connect/sql.ts";

const findSql = `
  select n.id as "senderId", n.source_id as "sourceId", n.display_number as "displayNumber", n.cap_per_second as "capPerSecond",
    n.status = 'connected' and s.status = 'connected' as "isConnected"
  from phone_numbers n join sources s on s.id = n.source_id where n.id = $1`;

export const createSenders = (sql: Sql): SenderPort => ({
  find: (senderId) => oneOrNone<Sender>(sql, findSql, [senderId]),
});
