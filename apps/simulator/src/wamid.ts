import { randomBytes } from "node:crypto";

const prefix = Buffer.from([0x1c, 0x18]);
const outboundMark = Buffer.from([0x15, 0x02, 0x00, 0x11, 0x18, 0x12]);
const inboundMark = Buffer.from([0x15, 0x02, 0x00, 0x12, 0x18, 0x12]);

/**
 * A message id as WhatsApp forms it: base64 of a small record that holds the user's number in clear, which is why a wamid is personal data.
 * Layout read off the examples of developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages.
 */
function formWamid(user: string, mark: Buffer): string {
  const serial = randomBytes(9).toString("hex").toUpperCase();
  const userBytes = Buffer.from(user, "ascii");
  const record = Buffer.concat([prefix, Buffer.from([userBytes.length]), userBytes, mark, Buffer.from(serial, "ascii"), Buffer.from([0])]);
  // One flat string: a million of these are kept, and a joined one would keep its parts as well.
  return Buffer.from(`wamid.${record.toString("base64")}`, "latin1").toString("latin1");
}

/** Id of a message from the business to `user` (wa_id digits, or a BSUID). */
export const outboundWamid = (user: string): string => formWamid(user, outboundMark);

/** Id of a message from `user` to the business. */
export const inboundWamid = (user: string): string => formWamid(user, inboundMark);
