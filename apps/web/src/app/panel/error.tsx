"use client";
export { ScreenFailed as default } from "../../features/shell/screen-failed.client.tsx";
