import { expect, test } from "vitest";
import { openWireLog } from "./wire-log.ts";

const body = (id: string) => Buffer.from(`POST /v26.0/1/messages HTTP/1.1\r\n\r\n{"to":"+1","biz_opaque_callback_data":"${id}"}`);

test("each request is seen once, at the time its id left, also when the line cuts the id in two", () => {
  let nowMs = 0;
  const log = openWireLog(() => (nowMs += 1));
  const connection = {};
  const whole = body("v1.c1.7.1.mac");
  log.see(1, connection, whole.subarray(0, whole.length - 9));
  log.see(1, connection, whole.subarray(whole.length - 9));
  log.see(1, connection, body("v1.c1.8.2.mac"));
  expect(log.begins()).toEqual([
    { campaignId: "c1", messageId: "7", attempt: 1, atMs: 2, group: 1 },
    { campaignId: "c1", messageId: "8", attempt: 2, atMs: 3, group: 1 },
  ]);
});
