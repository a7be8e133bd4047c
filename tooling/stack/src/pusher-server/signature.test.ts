import Pusher from "pusher";
import { describe, expect, it } from "vitest";
import { channelAuth, hmacSha256, isSame, requestToSign, userAuth } from "./signature.ts";

const app = { appId: "1", key: "key", secret: "secret" };
const library = new Pusher({ ...app, host: "127.0.0.1", port: "1", useTLS: false });

describe("signatures equal those of Pusher's own library", () => {
  it("for private channels", () => {
    expect(channelAuth(app, "1.2", "private-a", undefined)).toBe(library.authorizeChannel("1.2", "private-a").auth);
  });

  it("for presence channels, over the exact text of the member's data", () => {
    const { auth, channel_data } = library.authorizeChannel("1.2", "presence-a", { user_id: "ü", user_info: { name: "N" } });
    expect(channelAuth(app, "1.2", "presence-a", channel_data)).toBe(auth);
  });

  it("for users", () => {
    const { auth, user_data } = library.authenticateUser("1.2", { id: "u1", name: "x" });
    expect(userAuth(app, "1.2", user_data)).toBe(auth);
  });

  it("for REST requests", () => {
    const query = new URLSearchParams(library.createSignedQueryString({ method: "POST", path: "/apps/1/events", body: "{}" }));
    expect(hmacSha256(app.secret, requestToSign("POST", "/apps/1/events", query))).toBe(query.get("auth_signature"));
  });
});

describe("isSame", () => {
  it("is true for equal texts only, whatever it is given", () => {
    expect(isSame("abc", "abc")).toBe(true);
    for (const other of ["abd", "ab", "abcd", "", undefined, null, 7]) expect(isSame(other, "abc")).toBe(false);
  });
});
