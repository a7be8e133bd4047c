import { type At, button, dialog, label, question, text } from "./at.ts";
import { choose, escape, type Interaction, press, type } from "./interactions.ts";
import type { PanelPage } from "./panel-page.ts";
import type { Seeded } from "./seed-panel.ts";

/** The five steps of a campaign to everybody that is ready to be sent. */
export const wizardPages = (within: string, { draftId }: Seeded): readonly PanelPage[] => {
  const step = (name: string, shows: At, interactions: PanelPage["interactions"]): PanelPage => ({
    name: `wizard ${name}`,
    url: `${within}/campaigns/drafts/${draftId}/${name}`,
    shows,
    interactions,
  });
  const person =
    (nth: number): At =>
    (page) =>
      page.getByRole("status").filter({ hasText: new RegExp(`^${nth} of \\d+: `) });
  const nextPerson = (): Interaction => press("look at the next person", button("Next person"), person(2));
  return [
    step("content", person(1), () => [nextPerson(), type("name the campaign", label("Campaign name"), `Spring ${Date.now()}`)]),
    step(
      "audience",
      (page) => page.getByRole("status").filter({ hasText: "will receive it" }),
      () => [
        press("open the lists", button("Add lists"), (page) => page.getByRole("searchbox", { name: "Search lists" })),
        type(
          "search a list",
          (page) => page.getByRole("searchbox", { name: "Search lists" }),
          "customers 1",
          (page) => page.getByRole("checkbox", { name: "Customers 19" }),
        ),
        escape("close the lists", (page) => page.getByRole("searchbox", { name: "Search lists" })),
        press("open single people", button("Add people"), (page) => page.getByRole("searchbox", { name: "Search by name or number" })),
        type(
          "search a person",
          (page) => page.getByRole("searchbox", { name: "Search by name or number" }),
          "almeida 52",
          (page) => page.getByRole("checkbox", { name: /Almeida 52/ }),
        ),
      ],
    ),
    step("checks", verdict, () => [checkAgain()]),
    step(
      "when",
      (page) => page.getByRole("radio", { name: "At a time" }),
      () => [
        press("start at a time", (page) => page.getByRole("radio", { name: "At a time" }), label("Day")),
        {
          what: "start now",
          act: (page) => page.getByRole("radio", { name: "Now", exact: true }).check(),
          happened: async (page) => !(await label("Day")(page).isVisible()),
        },
      ],
    ),
    step("review", button(/^Send to [\d,]+ people$/), () => [
      nextPerson(),
      type(
        "search somebody for a test",
        (page) => page.getByRole("searchbox", { name: "Find yourself by name or number" }),
        "almeida 52",
        (page) => page.getByRole("radio", { name: /Almeida 52/ }),
      ),
    ]),
  ];
};

const verdict: At = (page) => page.getByRole("status").filter({ hasText: "as of" });

/** The moment of the answer is written beside it. */
function checkAgain(): Interaction {
  let before: string | null = null;
  return {
    what: "check again",
    act: async (page) => {
      before = await verdict(page).innerText();
      await button("Check again")(page).click();
    },
    happened: async (page) => before !== null && (await verdict(page).innerText()) !== before,
  };
}

/** Numbers, settings, members, and who did what. */
export const workspacePages = (within: string, { senderId }: Seeded): readonly PanelPage[] => {
  const stopping = (verb: string): readonly Interaction[] => [
    press("ask to stop", button(verb), question),
    type("say why", label("Why"), "the link is wrong"),
    escape("leave it", question),
  ];
  return [
    {
      name: "senders",
      url: `${within}/senders`,
      shows: text("Kill switch of the workspace"),
      interactions: () => stopping("Stop all sending"),
    },
    {
      name: "sender",
      url: `${within}/senders/${senderId}`,
      shows: text("Kill switch of this number"),
      interactions: () => stopping("Stop this number"),
    },
    {
      name: "settings",
      url: `${within}/settings`,
      shows: button("Save settings"),
      interactions: () => [
        press(
          "open the countries",
          (page) => page.getByRole("combobox", { name: /Default country/ }),
          (page) => page.getByPlaceholder("Search a country"),
        ),
        {
          what: "search a country",
          act: (page) => page.keyboard.type("germ", { delay: 60 }),
          happened: async (page) =>
            (await page.getByRole("option", { name: "Germany" }).isVisible()) &&
            !(await page.getByRole("option", { name: "Canada" }).isVisible()),
        },
        escape("close the countries", (page) => page.getByPlaceholder("Search a country")),
        type("name the workspace", label("Name"), "Another name", text("Not saved yet")),
      ],
    },
    {
      name: "members",
      url: `${within}/settings/members`,
      shows: button("Invite somebody"),
      interactions: () => [
        press("invite somebody", button("Invite somebody"), dialog),
        type("type an address", label("E-mail address"), "new.person@lucky-shrub.example"),
        escape("leave it", dialog),
      ],
    },
    {
      name: "audit log",
      url: `${within}/settings/audit`,
      shows: (page) => page.getByRole("table").getByRole("row").nth(1),
      interactions: () => choose("What was done", "Imported people", "action", "contacts.imported"),
    },
  ];
};
