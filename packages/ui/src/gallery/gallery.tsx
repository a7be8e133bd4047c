"use client";
import { Toaster } from "../toast/toast.tsx";
import { Actions } from "./actions.tsx";
import { Foundations } from "./foundations.tsx";
import classes from "./gallery.module.css";
import { Inputs } from "./inputs.tsx";
import { Instruments } from "./instruments.tsx";
import { Words } from "./words.tsx";

/** The living page: every primitive in each of its states, with made-up words and figures. */
export function Gallery() {
  return (
    <div className={classes.gallery}>
      <Foundations />
      <Actions />
      <Words />
      <Inputs />
      <Instruments />
      <Toaster label="Notices" closeLabel="Close this notice" />
    </div>
  );
}
