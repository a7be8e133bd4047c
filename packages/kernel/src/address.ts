/** How a person is reached. People have addresses, never a phone column: a BSUID or an e-mail is an address like any other. */
export type Address = {
  readonly channel: Channel;
  readonly kind: AddressKind;
  /** `phone`: E.164 with `+`. `bsuid`: `US.1349…`. `email`: lower-cased. `telegram_id`: digits. */
  readonly value: string;
};
export const channels = ["whatsapp", "sms", "rcs", "telegram", "email"] as const;
export type Channel = (typeof channels)[number];
export const addressKinds = ["phone", "bsuid", "email", "telegram_id"] as const;
export type AddressKind = (typeof addressKinds)[number];
