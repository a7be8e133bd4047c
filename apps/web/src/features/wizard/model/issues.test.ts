import { expect, test } from "vitest";
import { issueAt } from "./issues.ts";

const issues = [
  { path: "content.variables.body.1.value", message: "is empty", cure: "Write at least 1 character." },
  { path: "variables.header.media", message: "The header's media must be a public HTTPS link." },
  { path: "name", message: "has more than 200 characters", cure: "Shorten it to 200 characters." },
];

test("what a door refused lands at the field it names, whichever door it was", () => {
  expect(issueAt(issues, "variables.body.1")).toBe("Is empty. Write at least 1 character.");
  expect(issueAt(issues, "variables.header.media")).toBe("The header's media must be a public HTTPS link.");
  expect(issueAt(issues, "name")).toBe("Has more than 200 characters. Shorten it to 200 characters.");
});

test("a field is not blamed for one whose name only begins alike", () => {
  expect(issueAt([{ path: "variables.body.10", message: "is missing" }], "variables.body.1")).toBeUndefined();
});
