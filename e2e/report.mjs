// Counts what held and what did not; a check that throws has failed, and the rest still run.

let passed = 0;
const failures = [];

/** Runs one check. It passes when `body` returns and fails when it throws. */
export async function check(name, body) {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failures.push(name);
    console.error(`FAILED ${name}\n    ${String(error.message ?? error).split('\n').join('\n    ')}`);
  }
}

/** Fails with `words` unless `held`. */
export function must(held, words) {
  if (!held) throw new Error(words);
}

/** Prints the closing line and says how the process should end. */
export function close() {
  for (const name of failures) console.log(`failed: ${name}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}
