import type { Settings, SettingsPort } from "@herald/identity";
import { one } from "../connect/sql.ts";
import type { UnitOfWork } from "./ctx.ts";

// a cap that was written in minutes is told as the next whole hour
const readSql = `
  select name, default_country as "defaultCountry", ceil(extract(epoch from frequency_cap) / 3600)::int as "frequencyCapHours",
    max_recipients as "maxRecipients", only_admins_send as "onlyAdminsSend" from workspaces where id = $1`;

const writeSql = `
  update workspaces set name = $2, default_country = $3, frequency_cap = make_interval(hours => $4), max_recipients = $5, only_admins_send = $6 where id = $1`;

export function createSettings({ sql, workspaceId, audit }: UnitOfWork): SettingsPort {
  return {
    read: () => one<Settings>(sql, readSql, [workspaceId]),
    // not `for update`: every new row of the workspace refers to this one, and would wait
    hold: () => one<Settings>(sql, `${readSql} for no key update`, [workspaceId]),
    async write({ name, defaultCountry, frequencyCapHours, maxRecipients, onlyAdminsSend }, change) {
      await sql(writeSql, [workspaceId, name, defaultCountry, frequencyCapHours, maxRecipients, onlyAdminsSend]);
      await audit.write({ action: "workspace.settings_changed", resourceKind: "workspace", resourceId: workspaceId, detail: change });
    },
  };
}
