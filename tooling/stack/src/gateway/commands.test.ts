import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { refusal, ScriptRewriter } from "./commands.ts";

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");

describe("refusal", () => {
  it.each(["BLPOP", "subscribe", "Config", "MULTI"])("refuses %s, which would block or change the shared connection", (name) => {
    expect(refusal([name, "x"])).toMatch(/^ERR Command is not available: /);
  });

  it("lets ordinary commands pass", () => {
    expect(refusal(["GET", "multi"])).toBeUndefined();
  });

  it.each([[[]], ["GET k"], [undefined]])("refuses %j, which is no command", (command) => {
    expect(refusal(command)).toBe("ERR empty command");
  });
});

describe("ScriptRewriter", () => {
  const plain = "\nreturn redis.call('INCR', KEYS[1])";
  const flagged = `#!lua flags=allow-key-locking${plain}`;

  it("drops Upstash's flag line and leads a later EVALSHA to what was loaded", () => {
    const scripts = new ScriptRewriter();
    expect(scripts.rewrite(["EVALSHA", sha1(flagged), "1", "k"])).toEqual(["EVALSHA", sha1(flagged), "1", "k"]);
    expect(scripts.rewrite(["eval", flagged, "1", "k"])).toEqual(["eval", plain, "1", "k"]);
    expect(scripts.rewrite(["EVALSHA", sha1(flagged), "1", "k"])).toEqual(["EVALSHA", sha1(plain), "1", "k"]);
  });

  it("leaves other scripts and commands alone", () => {
    const scripts = new ScriptRewriter();
    expect(scripts.rewrite(["EVAL", "return 1", "0"])).toEqual(["EVAL", "return 1", "0"]);
    expect(scripts.rewrite(["SET", "EVAL", flagged])).toEqual(["SET", "EVAL", flagged]);
  });
});
