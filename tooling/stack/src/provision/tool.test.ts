import { describe, expect, it } from "vitest";
import { byVariable, onPath } from "./locate.ts";
import { installTool, locateTool, type Tool, type Way } from "./tool.ts";

const nowhere: Way = { kind: "nowhere", locate: async () => undefined };
const here: Way = { kind: "here", locate: async () => "/here" };
const built: Way = { kind: "built", install: { description: "built", run: async () => "/built" } };
const broken: Way = {
  kind: "broken",
  install: {
    description: "built by cargo",
    run: async () => {
      throw new Error("no compiler");
    },
  },
};
const tool = (...ways: Way[]): Tool => ({ name: "Thing", ways, byHand: ["one way", "another", "a third"] });

describe("locateTool", () => {
  it("takes the first way that has it and never installs", async () => {
    expect(await locateTool(tool(nowhere, built, here), {})).toEqual({ kind: "here", path: "/here" });
    expect(await locateTool(tool(nowhere, built), {})).toBeUndefined();
  });

  it("a variable comes before PATH; one that names no program is an error", async () => {
    const ways = tool(byVariable("mine", "THING_BIN"), onPath("path", "sh"));
    expect(await locateTool(ways, { THING_BIN: process.execPath, PATH: "/bin" })).toEqual({ kind: "mine", path: process.execPath });
    expect(await locateTool(ways, { PATH: "/nowhere:/bin" })).toEqual({ kind: "path", path: "/bin/sh" });
    await expect(locateTool(ways, { THING_BIN: "/no/such/program" })).rejects.toThrow("THING_BIN names /no/such/program");
  });
});

describe("installTool", () => {
  it("falls to the next way with a notice when one fails", async () => {
    const said: string[] = [];
    expect(await installTool(tool(broken, built), { report: (message) => said.push(message) })).toEqual({ kind: "built", path: "/built" });
    expect(said).toContainEqual("Thing: not built by cargo: no compiler");
  });

  it("an interruption ends it: no other way is tried", async () => {
    const controller = new AbortController();
    const interrupted: Way = {
      kind: "interrupted",
      install: {
        description: "built",
        run: async () => {
          controller.abort(new Error("interrupted"));
          throw new Error("killed");
        },
      },
    };
    await expect(installTool(tool(interrupted, built), { report: () => undefined, signal: controller.signal })).rejects.toThrow(
      "interrupted",
    );
  });

  it("names every failure and the ways to get it by hand when all fail", async () => {
    await expect(installTool(tool(nowhere, broken), { report: () => undefined })).rejects.toThrow(
      /not built by cargo: no compiler[^]*one way[^]*another[^]*a third/,
    );
  });
});
