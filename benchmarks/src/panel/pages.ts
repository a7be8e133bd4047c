import { demoMembers } from "@herald/demo";
import { type At, button, dialog, label, row, text } from "./at.ts";
import { choose, escape, palette, press, search, type, walk } from "./interactions.ts";
import type { PanelPage } from "./panel-page.ts";
import { aFile, type Seeded } from "./seed-panel.ts";
import { wizardPages, workspacePages } from "./work-pages.ts";

/** The menu at the foot bears the address of who is signed in. */
const ownMenu = new RegExp(demoMembers.find(({ role }) => role === "owner")?.email.replaceAll(".", "\\.") ?? "nobody");

export function pagesOf(webUrl: string, workspaceId: string, seeded: Seeded): readonly PanelPage[] {
  const within = `${webUrl}/panel/w/${workspaceId}`;
  return [
    ...outside(webUrl, seeded),
    ...ofCampaigns(within, seeded),
    ...ofPeople(within, seeded),
    ...wizardPages(within, seeded),
    ...workspacePages(within, seeded),
  ];
}

const outside = (webUrl: string, { invitation }: Seeded): readonly PanelPage[] => [
  {
    name: "sign-in",
    url: `${webUrl}/sign-in`,
    isOutside: true,
    shows: button("Sign in"),
    interactions: () => [
      type("type an address", label("E-mail"), "nobody"),
      press("sign in without a password", button("Sign in"), text("Write your password.")),
    ],
  },
  {
    name: "invitation",
    url: invitation,
    isOutside: true,
    shows: button("Create the account and join"),
    interactions: () => [
      type("type a password", label("Choose a password"), "too short"),
      press("join with it", button("Create the account and join"), text("Use at least 12 characters.")),
    ],
  },
];

const ofCampaigns = (within: string, { campaignId, campaignName, messageId, draftName }: Seeded): readonly PanelPage[] => {
  const campaign = `${within}/campaigns/${campaignId}`;
  const link =
    (name: string): At =>
    (page) =>
      page.getByRole("link", { name, exact: true });
  return [
    {
      name: "campaigns",
      url: `${within}/campaigns`,
      shows: link(campaignName),
      interactions: () => [
        ...palette(),
        search("Search by name", "of the panel", "q", link(campaignName)),
        ...choose("Status", "Sending", "status", "sending"),
      ],
    },
    {
      name: "drafts",
      url: `${within}/campaigns?view=drafts`,
      shows: link(draftName),
      interactions: () => [
        search("Search by name", "of the wiz", "q", link(draftName)),
        press("open the filter “Made”", button("Made"), (page) => page.getByRole("menuitemcheckbox", { name: "Today", exact: true })),
      ],
    },
    {
      name: "campaign",
      url: campaign,
      shows: (page) => page.getByRole("group", { name: "Where every message stands" }),
      interactions: () => [
        press("open the speed", button(/^Speed /), label("At most, messages a second")),
        escape("close the speed", label("At most, messages a second")),
        press("open what else can be done", button("More acts"), (page) => page.getByRole("menuitem", { name: "Stop for good…" })),
        escape("close it", (page) => page.getByRole("menuitem", { name: "Stop for good…" })),
        press("look at the whole time", button("Whole"), (page) => page.getByRole("button", { name: "Whole", exact: true, pressed: true })),
      ],
    },
    {
      name: "recipients",
      url: `${campaign}/recipients`,
      shows: row("Recipients"),
      interactions: () => [
        ...walk("Recipients", 190),
        search("Search phone or name", "almeida 26", "q", row("Recipients", "Almeida 26")),
        ...choose("State", "Left out", "bucket", "skipped"),
      ],
    },
    {
      name: "why",
      url: `${campaign}/recipients/${messageId}`,
      shows: (page) => page.getByRole("list", { name: "What happened" }),
      interactions: () => [press("copy it for support", button("Copy as text for support"), button("Copied")), ...palette()],
    },
  ];
};

const ofPeople = (within: string, { contactId, importBatchId }: Seeded): readonly PanelPage[] => [
  {
    name: "contacts",
    url: `${within}/contacts`,
    shows: row("Contacts"),
    interactions: () => [
      ...walk("Contacts", 190),
      search("Search contacts", "almeida 52", "search", row("Contacts", "Almeida 52")),
      ...choose("Marketing", "Agreed", "consent", "granted"),
    ],
  },
  {
    name: "contact",
    url: `${within}/contacts/${contactId}`,
    shows: (page) => page.getByRole("heading", { name: "Timeline" }),
    interactions: () => [
      press("edit the person", button("Edit"), dialog),
      type("type another name", (page) => dialog(page).getByLabel("Name", { exact: true }), "Somebody else"),
      escape("leave it", dialog),
    ],
  },
  {
    name: "import",
    url: `${within}/contacts/import`,
    shows: text("Drop a CSV file here, or choose one"),
    interactions: () => [
      {
        what: "choose a file of 20,000 people",
        act: (page) =>
          page
            .locator("input[type=file]")
            .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(aFile(90, 20_000)) }),
        happened: (page) => label("What “city” becomes")(page).isVisible(),
      },
      {
        what: "leave a column out",
        act: async (page) => {
          await label("What “city” becomes")(page).focus();
          await page.keyboard.type("Leave");
        },
        happened: async (page) => (await label("What “city” becomes")(page).inputValue()) === "out",
      },
      type("name the list", label("Name of the list"), "Everybody else"),
    ],
  },
  { name: "imports", url: `${within}/contacts/imports`, shows: row("Imports"), interactions: () => [...walk("Imports", 4), ...palette()] },
  {
    name: "import result",
    url: `${within}/contacts/imports/${importBatchId}`,
    shows: text("How the file was read"),
    interactions: () => [
      press("open one's own menu", button(ownMenu), (page) => page.getByRole("menuitem", { name: "Sign out" })),
      escape("close it", (page) => page.getByRole("menuitem", { name: "Sign out" })),
      ...palette(),
    ],
  },
];
