// A list that has to be empty, and the beginning of it if it is not.

import assert from "node:assert/strict";

const SHOWN = 20;

/** Fails with the first entries of `wrong`, one on each line. */
export function nothing(wrong) {
  const more = wrong.length > SHOWN ? [`… and ${wrong.length - SHOWN} more`] : [];
  if (wrong.length > 0) assert.fail(["", ...wrong.slice(0, SHOWN), ...more].join("\n  "));
}
