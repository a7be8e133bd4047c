import base from "./en/base.json" with { type: "json" };
import campaigns from "./en/campaigns.json" with { type: "json" };
import codes from "./en/codes.json" with { type: "json" };
import contacts from "./en/contacts.json" with { type: "json" };
import imports from "./en/imports.json" with { type: "json" };
import invitation from "./en/invitation.json" with { type: "json" };
import live from "./en/live.json" with { type: "json" };
import recipients from "./en/recipients.json" with { type: "json" };
import senders from "./en/senders.json" with { type: "json" };
import settings from "./en/settings.json" with { type: "json" };
import shell from "./en/shell.json" with { type: "json" };
import signIn from "./en/signIn.json" with { type: "json" };
import wizard from "./en/wizard.json" with { type: "json" };

/** The message catalogue: one file per screen, `base` and `shell` for all of them. */
export const messages = {
  base,
  campaigns,
  codes,
  contacts,
  imports,
  invitation,
  live,
  recipients,
  senders,
  settings,
  shell,
  signIn,
  wizard,
};
export type Catalogue = keyof typeof messages;
