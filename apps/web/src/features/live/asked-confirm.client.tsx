"use client";
import dynamic from "next/dynamic";
import type { NotedConfirmProps } from "../../acting/noted-confirm.client.tsx";

const NotedConfirm = dynamic(() => import("../../acting/noted-confirm.client.tsx").then((module) => module.NotedConfirm), { ssr: false });

/** A question whose answer is kept with its reason; the page fetches it with the first one asked. */
export function AskedConfirm(props: NotedConfirmProps) {
  return props.isOpen ? <NotedConfirm {...props} /> : null;
}
