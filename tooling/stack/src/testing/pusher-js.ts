import * as imported from "pusher-js";

type Constructor = typeof imported.default.default;

/** The browser client's class. Its type declarations describe another module shape than its Node build has, hence the cast. */
export const PusherClient = imported.default as unknown as Constructor;
export type PusherClient = InstanceType<Constructor>;
