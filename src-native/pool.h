// The threads on which calls run in the background: one pool for the process. Threads are started when there is work,
// and end when there has been none for a while.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rustdll {

class Task;

namespace pool {

// Queues calls, a list linked by `next`. If there is no thread and none can be started, all queued calls are refused.
void Publish(Task* first, Task* last);

// Sets the most threads; before it is called there is at most one. If the limit is lowered, surplus threads end after
// their current call.
void SetLimit(uint32_t threads);

// Tells that the current thread waits for JavaScript, or does so no more. If it is one of the pool's, another one may
// run in its place meanwhile.
void BeginWaiting();
void EndWaiting();

// The state of the pool: the calls that wait, the threads that run one, and all threads.
struct State {
  uint32_t limit;  // 0 before SetLimit
  uint32_t threads;
  uint32_t busy;
  uint32_t queued;
};
State Look();

}  // namespace pool
}  // namespace rustdll
