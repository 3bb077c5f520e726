/** The queues, and what they are set to. */

/** The kernels that the worker of each queue calls. A job is named for the kernel. */
export const QUEUES = {
  thumbnails: ['thumbnail'],
  search: ['index', 'search'],
  passwords: ['hash_password', 'verify_password'],
};

/**
 * A worker renews the lock of its job while the kernel runs, which it can since the kernel is in the background. The
 * jobs of a worker that died are found when their locks have ended. BullMQ's own times are 30 seconds.
 */
export const WORKER_OPTIONS = { lockDuration: 3000, stalledInterval: 1000 };

/** Returns BullMQ's options for a connection to the Redis at a socket. */
export function connectionTo(socket) {
  return { path: socket, maxRetriesPerRequest: null };
}
