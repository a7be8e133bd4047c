import { describe, expect, it } from "vitest";
import { encodeCommand, RespError, RespReader } from "./resp.ts";

describe("encodeCommand", () => {
  it("counts bytes, not characters", () => {
    expect(encodeCommand(["SET", "k", "é✓"]).toString()).toBe("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\né✓\r\n");
  });

  it("writes numbers as text, objects as JSON and null as the empty string", () => {
    expect(encodeCommand([1.5, { a: [1] }, null]).toString()).toBe('*3\r\n$3\r\n1.5\r\n$9\r\n{"a":[1]}\r\n$0\r\n\r\n');
  });
});

describe("RespReader", () => {
  it("reads every kind of reply, also when an error stands inside an array", () => {
    const stream = Buffer.from("+OK\r\n:42\r\n$-1\r\n$4\r\na\r\nb\r\n*3\r\n:1\r\n*1\r\n$1\r\nx\r\n-ERR no\r\n-WRONGTYPE bad\r\n");
    const inArray = [1, [Buffer.from("x")], new RespError("ERR no")];
    expect(new RespReader().push(stream)).toEqual([
      Buffer.from("OK"),
      42,
      null,
      Buffer.from("a\r\nb"),
      inArray,
      new RespError("WRONGTYPE bad"),
    ]);
  });

  it("gives the same replies however the stream is cut into chunks", () => {
    const stream = Buffer.from("+OK\r\n$6\r\na\r\nb\r\n\r\n*2\r\n$3\r\nfoo\r\n$-1\r\n:7\r\n");
    const whole = new RespReader().push(stream);
    for (let size = 1; size < stream.length; size++) {
      const reader = new RespReader();
      const parts = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
        stream.subarray(index * size, (index + 1) * size),
      );
      expect(parts.flatMap((part) => reader.push(part))).toEqual(whole);
    }
    expect(whole).toHaveLength(4);
  });

  it("refuses what is not RESP2", () => {
    expect(() => new RespReader().push(Buffer.from("HTTP/1.1 200 OK\r\n"))).toThrow(/not a RESP2 reply/);
  });
});
