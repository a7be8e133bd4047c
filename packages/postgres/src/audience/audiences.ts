import type { AudienceDefinition, AudiencePort, Candidate } from "@herald/campaign";
import type { Sql } from "../connect/sql.ts";
import { candidatesSql, missingSql } from "./candidates.sql.ts";

const pageSize = 1000;

/** Audiences, inside a verb's transaction. Pages come from a cursor: its snapshot is that of its opening, whatever the verb writes meanwhile. */
export function createAudiences(sql: Sql): AudiencePort {
  let opened = 0;
  return {
    async *pages(definition) {
      opened += 1;
      const cursor = `audience_${opened}`;
      await sql(`declare ${cursor} no scroll cursor for ${candidatesSql}`, partsOf(definition));
      try {
        for (;;) {
          const page = await sql<Candidate>(`fetch ${pageSize} from ${cursor}`);
          if (page.length > 0) yield page;
          if (page.length < pageSize) return;
        }
      } finally {
        await sql(`close ${cursor}`).catch(() => undefined); // after an error the transaction is over, and the cursor with it
      }
    },
    async missingParts({ listIds = [], importBatchIds = [], contactIds = [], exclude }) {
      const missing = await sql<{ id: string }>(missingSql, [[...listIds, ...(exclude?.listIds ?? [])], importBatchIds, contactIds]);
      return missing.map(({ id }) => id);
    },
  };
}

const partsOf = ({ listIds, importBatchIds, tags, contactIds, exclude }: AudienceDefinition): unknown[] => [
  listIds ?? [],
  importBatchIds ?? [],
  tags ?? [],
  contactIds ?? [],
  exclude?.listIds ?? [],
  exclude?.tags ?? [],
];
