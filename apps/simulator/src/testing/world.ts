import { startSimulator } from "../simulator.ts";
import { type Client, clientOf, demo } from "./client.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

/** A simulator with the demo business, a receiver subscribed to it, and a client. */
export type World = { readonly client: Client; readonly receiver: Receiver; readonly baseUrl: string; readonly close: () => Promise<void> };

export async function startWorld(dataDir: string | null = null): Promise<World> {
  const receiver = await startReceiver();
  const simulator = await startSimulator({ port: 0, dataDir });
  const client = clientOf(simulator.baseUrl);
  await client.configure({ ...demo.config, webhook: { ...demo.config.webhook, url: receiver.url } });
  const close = async (): Promise<void> => {
    await simulator.close();
    await receiver.close();
  };
  return { client, receiver, baseUrl: simulator.baseUrl, close };
}
