"use client";
import type Pusher from "pusher-js";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { RealtimeSettings } from "../doors/services.ts";

/** A refused wish to listen is made again so long after: a session that ended may have begun anew in another tab. */
const againMs = 10_000;

type Listener = (campaignId: string | null) => void;
type Line = {
  readonly isConnected: boolean;
  /** Called with the campaign that changed, or with null when anything may have (a new connection). Answers the way to stop. */
  readonly listen: (listener: Listener) => () => void;
};
const LineContext = createContext<Line>({ isConnected: false, listen: () => () => undefined });
export const useLine = (): Line => use(LineContext);

/** The one Pusher client of a page. It carries "something changed", never data: whoever listens asks the server again. */
export function RealtimeConnection({
  settings,
  workspaceId,
  children,
}: {
  readonly settings: RealtimeSettings | null;
  readonly workspaceId: string;
  readonly children: ReactNode;
}) {
  const [isConnected, setConnected] = useState(false);
  // a page on which nothing changes by itself needs no line, and does not fetch the client of one
  const [isWanted, setWanted] = useState(false);
  const listeners = useRef(new Set<Listener>());
  useEffect(() => {
    if (settings === null || !isWanted) return;
    let pusher: Pusher | undefined;
    let isGone = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    const tell = (campaignId: string | null): void => {
      for (const listener of listeners.current) listener(campaignId);
    };
    // loaded after the page: nothing that is read first waits for it
    void import("pusher-js").then(({ default: Client }) => {
      if (isGone) return;
      const { key, host, port, useTls } = settings;
      pusher = new Client(key, {
        cluster: "",
        wsHost: host,
        wsPort: port,
        wssPort: port,
        forceTLS: useTls,
        enabledTransports: ["ws", "wss"],
        channelAuthorization: { endpoint: "/api/realtime/auth", transport: "ajax" },
      });
      const name = `private-workspace-${workspaceId}`;
      const channel = pusher.subscribe(name);
      channel.bind("pusher:subscription_succeeded", () => {
        setConnected(true);
        tell(null);
      });
      channel.bind("pusher:subscription_error", () => {
        setConnected(false);
        clearTimeout(again);
        again = setTimeout(() => pusher?.subscribe(name), againMs);
      });
      channel.bind("campaign.changed", (event: { readonly campaignId: string }) => tell(event.campaignId));
      pusher.connection.bind("state_change", ({ current }: { readonly current: string }) => {
        if (current !== "connected") setConnected(false);
      });
    });
    return () => {
      isGone = true;
      clearTimeout(again);
      pusher?.disconnect();
    };
  }, [isWanted, settings, workspaceId]);
  // the same for as long as the page lives: whoever listens must not have to begin anew when the line comes or goes
  const listen = useCallback<Line["listen"]>((listener) => {
    listeners.current.add(listener);
    setWanted(true);
    return () => void listeners.current.delete(listener);
  }, []);
  const line = useMemo<Line>(() => ({ isConnected, listen }), [isConnected, listen]);
  return <LineContext value={line}>{children}</LineContext>;
}
