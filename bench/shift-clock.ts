/** Preloaded into a process whose clock is to be wrong: `BENCH_SHIFT_MS` later than the others', as `Date` tells it. */
const shift = Number(process.env.BENCH_SHIFT_MS ?? 0);
const Right = Date;

globalThis.Date = new Proxy(Right, {
  construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [Right.now() + shift] : args, self),
  apply: () => new Right(Right.now() + shift).toString(),
  get: (target, name) => (name === "now" ? () => Right.now() + shift : Reflect.get(target, name)),
});

export {};
