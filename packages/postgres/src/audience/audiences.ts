import type { Alike, AudienceDefinition, AudiencePort, Candidate } from "@herald/campaign";
import type { Sql } from "../connect/sql.ts";
import { alikeSql, candidatesSql, missingSql, nextCandidatesSql } from "./candidates.sql.ts";

const pageSize = 1000;
/**
 * A cursor is planned for its first rows, which costs a small audience of a large workspace most of its time; here all rows are wanted.
 * 32 MB keep the joins of a million people in few batches: with 4 MB they take twice as long.
 */
const planSql = "select set_config('cursor_tuple_fraction', '1', true), set_config('work_mem', '32MB', true)";

/** Audiences, inside a verb's transaction. Pages come from a cursor: its snapshot is that of its opening, whatever the verb writes meanwhile. */
export function createAudiences(sql: Sql): AudiencePort {
  let opened = 0;
  return {
    async *pages(definition) {
      opened += 1;
      const cursor = `audience_${opened}`;
      await sql(planSql);
      await sql(`declare ${cursor} no scroll cursor for ${candidatesSql}`, partsOf(definition));
      const fetchPage = (): Promise<readonly Candidate[]> => {
        const page = sql<Candidate>(`fetch ${pageSize} from ${cursor}`);
        page.catch(() => undefined); // heard when its turn comes
        return page;
      };
      let next = fetchPage();
      try {
        for (;;) {
          const page = await next;
          const isLast = page.length < pageSize;
          if (!isLast) next = fetchPage(); // the database reads on while this page is judged
          if (page.length > 0) yield page;
          if (isLast) return;
        }
      } finally {
        await sql(`close ${cursor}`).catch(() => undefined); // after an error the transaction is over, and the cursor with it
      }
    },
    async alike(definition, { filled, asIs, mostBytes }) {
      await sql(planSql);
      return sql<Alike>(alikeSql(filled.length, asIs.length, mostBytes), [...partsOf(definition), ...filled, ...asIs]);
    },
    after: (definition, contactId, limit) => sql<Candidate>(nextCandidatesSql, [...partsOf(definition), contactId, limit]),
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
