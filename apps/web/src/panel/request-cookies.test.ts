import { expect, test } from "vitest";
import { withCookies } from "./request-cookies.ts";

test("a refreshed session takes the place of the old one, what else was sent stays, and what was cleared is gone", () => {
  const lines = ["herald-session.0=new=; Path=/; HttpOnly", "herald-session.1=; Path=/; Max-Age=0"];
  expect(withCookies("herald-theme=dark; herald-session.0=old; herald-session.1=rest", lines)).toBe(
    "herald-theme=dark; herald-session.0=new=",
  );
});

test("a request without cookies gets the session's alone", () => {
  expect(withCookies("", ["herald-session=a; Path=/"])).toBe("herald-session=a");
});
