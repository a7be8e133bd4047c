import { countries } from "@herald/contacts";
import { ChangeSettingsInput, changeSettings, readSettings } from "@herald/identity";
import { presentSettings, SettingsAnswer } from "../../../../../doors/answers/members.ts";
import { WorkspaceParams } from "../../../../../doors/ids.ts";
import { door, fromPath, json, otherMethods } from "../../../../../doors/index.ts";

/** Numbers are read by the plan of the country, so it has to be one that has a plan. */
const SettingsBody = ChangeSettingsInput.refine(({ defaultCountry }) => !defaultCountry || countries.includes(defaultCountry), {
  path: ["defaultCountry"],
  message: "is not a country code",
  params: { cure: "Write two letters, like AE, or null for none." },
});

/** GET: what the workspace has decided for itself. */
export const GET = door({
  auth: "member",
  action: "workspace.read",
  workspace: fromPath,
  audit: null,
  params: WorkspaceParams,
  input: () => null,
  verb: readSettings,
  answer: SettingsAnswer,
  present: presentSettings,
});

/** PATCH: changes the settings that are named; the others stay. */
export const PATCH = door({
  auth: "member",
  action: "settings.manage",
  workspace: fromPath,
  audit: "workspace.settings_changed",
  params: WorkspaceParams,
  body: json(SettingsBody),
  input: ({ body }) => body,
  verb: changeSettings,
  answer: SettingsAnswer,
  present: presentSettings,
});

export const { DELETE, OPTIONS, POST, PUT } = otherMethods("GET", "PATCH");
