// Starts the service on PORT (8080 unless it is set), and stops it at SIGTERM or SIGINT: no further connections, the
// requests that are under way get their answers, and those that take longer than GRACE milliseconds are cancelled.
// PENDING is the most calls under way, PASSES are argon2's; RUSTDLL_THREADS is the number of threads.
import { createService } from './service.mjs';

const setting = (name, usual) => Number(process.env[name] ?? usual);

const service = createService({
  pending: setting('PENDING', 64),
  passes: setting('PASSES', 3),
  grace: setting('GRACE', 10_000),
});
for (const signal of ['SIGTERM', 'SIGINT']) {
  // Nothing ends the process: with the last connection and the last call there is nothing left to wait for.
  process.once(signal, () => service.close());
}
console.log(`listening on ${await service.listen({ port: setting('PORT', 8080) })}`);
