/** A number for each delivery, on every line the log writes while it is dealt with. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const current = new AsyncLocalStorage<string>();

/** Runs `work` under a new request id. */
export function inRequest<Result>(work: () => Result): Result {
  return current.run(randomBytes(6).toString('hex'), work);
}

/** The id of the delivery being dealt with; undefined outside of any. */
export function requestId(): string | undefined {
  return current.getStore();
}
