// The threads that calls run on in the background: one pool for the process. They are started when there is work for
// them, and end when there has been none for a while.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rustdll {

class Task;

namespace pool {

// Queues calls, each of which names the one after it. If no thread can be started while there is none, all that are
// queued are refused.
void Publish(Task* first, Task* last);

// How many threads there may be; until somebody says, one. Threads beyond a lower limit end after the call that they
// are making.
void SetLimit(uint32_t threads);

// What goes on, for whoever watches: calls that wait, threads that make one, threads in all.
struct State {
  uint32_t limit;  // 0 until somebody says
  uint32_t threads;
  uint32_t busy;
  uint32_t queued;
};
State Look();

}  // namespace pool
}  // namespace rustdll
