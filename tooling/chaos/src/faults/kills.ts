import type { ServerName } from "@herald/stack";
import type { killKinds } from "../plan/kinds.ts";
import type { Fault } from "./fault.ts";

type KillKind = (typeof killKinds)[number];

/** Servers in the order they are started again: the gateway finds its Valkey. */
const server =
  (...names: readonly ServerName[]): Fault =>
  async (_planned, { world: { stack } }) => {
    await Promise.all(names.map((name) => stack.kill(name, "SIGKILL")));
    return async () => {
      for (const name of names) await stack.restart(name);
    };
  };

const process =
  (name: "web" | "worker-dispatch" | "worker-workflows" | "worker-background"): Fault =>
  async (_planned, { world: { product } }) => {
    await product.kill(name, "SIGKILL");
    return () => product.start(name);
  };

const secondDispatch: Fault = async (_planned, { world: { second } }) => {
  await second.kill();
  return second.start;
};

const firstDispatch = process("worker-dispatch");

const bothDispatch: Fault = async (planned, scene) => {
  const heals = await Promise.all([firstDispatch(planned, scene), secondDispatch(planned, scene)]);
  return async () => void (await Promise.all(heals.map(async (heal) => heal?.())));
};

export const kills: Readonly<Record<KillKind, Fault>> = {
  // mostly the one that is sending: an idle one is no loss
  "kill-dispatch": (planned, scene) => {
    const isSecond = scene.world.wire.begins().at(-1)?.group === 1;
    return (planned.dice >= 0.7 ? bothDispatch : isSecond ? secondDispatch : firstDispatch)(planned, scene);
  },
  "kill-workflows": process("worker-workflows"),
  "kill-background": process("worker-background"),
  "kill-temporal": server("temporal"),
  "kill-postgres": server("postgres"),
  "kill-redis": server("valkey", "upstash"),
  "kill-mongo": server("mongo"),
  "kill-pusher": server("pusher"),
  "kill-web": process("web"),
};
