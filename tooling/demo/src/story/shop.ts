/** The demo's story: a small plant shop with one number, three templates and people in several countries. All of it is invented. */
export const shop = {
  workspaceId: "5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0001",
  name: "Lucky Shrub",
  defaultCountry: "CA",
  portfolio: { id: "5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0002", providerId: "3000000000000001" },
  source: { id: "5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0003", wabaId: "2000000000000001", name: "Lucky Shrub WABA" },
  sender: {
    id: "5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0004",
    providerNumberId: "4000000000000001",
    displayNumber: "+14165550100",
    verifiedName: "Lucky Shrub",
  },
} as const;

export const demoPassword = "plant-more-trees";
export type DemoMember = { readonly userId: string; readonly email: string; readonly role: "owner" | "admin" | "member" | "viewer" };
export const demoMembers: readonly DemoMember[] = [
  { userId: "5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0011", email: "olga.owner@lucky-shrub.example", role: "owner" },
  { userId: "5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0012", email: "adam.admin@lucky-shrub.example", role: "admin" },
  { userId: "5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0013", email: "mia.member@lucky-shrub.example", role: "member" },
  { userId: "5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0014", email: "vera.viewer@lucky-shrub.example", role: "viewer" },
];

/** Who runs the demo's campaign: a member, who may manage and send. */
export const shopDesk = { email: "mia.member@lucky-shrub.example", password: demoPassword } as const;

/** Who lets a kill switch go again: a member may only set it. */
export const shopAdmin = { email: "adam.admin@lucky-shrub.example", password: demoPassword } as const;

export type DemoTemplate = {
  readonly templateId: string;
  readonly providerTemplateId: string;
  readonly name: string;
  readonly language: string;
  readonly category: "MARKETING" | "UTILITY" | "AUTHENTICATION";
  readonly parameterFormat: "positional" | "named";
  readonly components: readonly object[];
};
/** Shape of components: developers.facebook.com/documentation/business-messaging/whatsapp/templates */
export const demoTemplates: readonly DemoTemplate[] = [
  {
    templateId: "5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0021",
    providerTemplateId: "6000000000000001",
    name: "spring_sale",
    language: "en_US",
    category: "MARKETING",
    parameterFormat: "positional",
    components: [
      { type: "BODY", text: "Hi {{1}}, spring is here: 20 % off everything green until Sunday in {{2}}." },
      { type: "FOOTER", text: "Reply STOP to hear no more offers" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Show me" },
          { type: "QUICK_REPLY", text: "Stop promotions" },
        ],
      },
    ],
  },
  {
    templateId: "5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0022",
    providerTemplateId: "6000000000000002",
    name: "order_update",
    language: "en_US",
    category: "UTILITY",
    parameterFormat: "named",
    components: [{ type: "BODY", text: "Hi {{first_name}}, your order {{order_number}} is on its way." }],
  },
  {
    templateId: "5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0023",
    providerTemplateId: "6000000000000003",
    name: "welcome_back",
    language: "en_US",
    category: "MARKETING",
    parameterFormat: "positional",
    components: [
      { type: "HEADER", format: "TEXT", text: "Good to see you, {{1}}" },
      { type: "BODY", text: "We kept your favourites in stock. Come by this week." },
      { type: "BUTTONS", buttons: [{ type: "URL", text: "See them", url: "https://lucky-shrub.example/p/{{1}}" }] },
    ],
  },
];
