export { type TestDatabase, testDatabase } from "./database/test-database.ts";
export { eventually } from "./eventually.ts";
export { aCampaign } from "./factories/campaign.ts";
export { consentRefusal, consentState, deletePerson, serveMarketing, suppressPhone, withdrawConsent } from "./factories/consent.ts";
export { type Contact, contacts } from "./factories/people.ts";
export { aMember, aSender, aTemplate, aWorkspace } from "./factories/workspace.ts";
export { fakeClock } from "./fakes/fake-clock.ts";
export { fakeProvider } from "./fakes/fake-provider.ts";
export { createWorld, type Shop, type World } from "./world.ts";
