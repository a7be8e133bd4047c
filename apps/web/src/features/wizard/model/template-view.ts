import { placeholdersOf, type TemplateComponent, unsupportedPartsOf } from "@herald/campaign";
import type { TemplateButton, TemplateView } from "./template.ts";

export type TemplateRow = {
  readonly source_id: string;
  readonly name: string;
  readonly language: string;
  readonly category: TemplateView["category"];
  readonly status: string;
  readonly components: readonly (TemplateComponent & { readonly format?: string })[];
};

/** For the server: the browser is given what a screen shows, not the domain. */
export function templateViewOf(row: TemplateRow): TemplateView {
  const componentOf = (type: string) => row.components.find((component) => component.type.toUpperCase() === type);
  const header = componentOf("HEADER");
  const format = header?.format?.toUpperCase() ?? "TEXT";
  return {
    sourceId: row.source_id,
    name: row.name,
    language: row.language,
    category: row.category,
    status: row.status,
    header: header === undefined ? null : { kind: headerKinds[format] ?? "other", text: header.text ?? "" },
    body: componentOf("BODY")?.text ?? "",
    footer: componentOf("FOOTER")?.text ?? null,
    buttons: (componentOf("BUTTONS")?.buttons ?? []).map(({ type, text = "" }) => ({
      kind: buttonKinds[type.toUpperCase()] ?? "reply",
      text,
    })),
    placeholders: placeholdersOf(row),
    unsupported: unsupportedPartsOf(row),
  };
}

const headerKinds: Readonly<Record<string, NonNullable<TemplateView["header"]>["kind"]>> = {
  TEXT: "text",
  IMAGE: "image",
  VIDEO: "video",
  DOCUMENT: "document",
};
const buttonKinds: Readonly<Record<string, TemplateButton["kind"]>> = {
  URL: "link",
  PHONE_NUMBER: "call",
  COPY_CODE: "copy",
  QUICK_REPLY: "reply",
};
