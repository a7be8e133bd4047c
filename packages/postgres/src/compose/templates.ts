import type { Template, TemplateComponent, TemplatePort } from "@herald/campaign";
import type { TemplateId } from "@herald/kernel";
import type { FrozenTemplate } from "@herald/provider";
import type { Sql } from "../connect/sql.ts";

type TemplateRow = {
  readonly id: TemplateId;
  readonly source_id: string;
  readonly status: string;
  readonly name: string;
  readonly language: string;
  readonly category: FrozenTemplate["category"];
  readonly parameter_format: FrozenTemplate["parameterFormat"];
  readonly components: readonly TemplateComponent[];
  readonly components_hash: string;
};

const byNameSql = `
  select id, source_id, status, name, language, category, parameter_format, components, components_hash
  from templates where source_id = $1 and name = $2 order by language`;

export const createTemplates = (sql: Sql): TemplatePort => ({
  findByName: async (sourceId, name) => (await sql<TemplateRow>(byNameSql, [sourceId, name])).map(toTemplate),
});

const toTemplate = (row: TemplateRow): Template => ({
  templateId: row.id,
  sourceId: row.source_id,
  status: row.status,
  components: row.components,
  frozen: {
    name: row.name,
    language: row.language,
    category: row.category,
    parameterFormat: row.parameter_format,
    componentsHash: row.components_hash,
    headerKind: headerKindOf(row.components),
  },
});

const headerKinds: Readonly<Record<string, FrozenTemplate["headerKind"]>> = {
  TEXT: "text",
  IMAGE: "image",
  VIDEO: "video",
  DOCUMENT: "document",
};

/** A header of a format that is not known here cannot be filled, so it counts as none: the provider will say what it misses. */
function headerKindOf(components: readonly TemplateComponent[]): FrozenTemplate["headerKind"] {
  const header = components.find(({ type }) => type.toUpperCase() === "HEADER");
  return headerKinds[header?.format?.toUpperCase() ?? ""] ?? "none";
}
