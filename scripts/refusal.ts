/** What the operator must be told in one sentence: no stack, exit code 1. Anything else thrown is our fault. */
export class Refusal extends Error {
  override name = "Refusal";
}
