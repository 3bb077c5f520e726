#include "pool.h"

#include "task.h"
#include "threads.h"

namespace rustdll::pool {
namespace {

// The stack of a thread is as large as that of the main thread usually is. Rust's threads have 2 MiB; the defaults of
// musl and macOS, 128 kB and 512 kB, are too small.
constexpr size_t kStackBytes = size_t{8} << 20;
constexpr uint32_t kPatienceMilliseconds = 10000;

// These are initialised when the process starts and never destroyed; see threads.h.
Mutex mutex;
Condition work;
Task* first = nullptr;
Task* last = nullptr;
uint32_t queued = 0;
uint32_t threads = 0;
uint32_t idle = 0;
uint32_t limit = 0;

uint32_t Most() { return limit > 0 ? limit : 1; }

// Takes the next call; returns null if there has been none for kPatienceMilliseconds. The caller holds the mutex.
Task* Next() {
  while (first == nullptr) {
    if (threads > Most()) return nullptr;
    idle++;
    const bool notified = work.Wait(mutex, kPatienceMilliseconds);
    idle--;
    if (!notified && first == nullptr) return nullptr;
  }
  if (threads > Most()) return nullptr;
  Task* const task = first;
  first = task->next;
  if (first == nullptr) last = nullptr;
  queued--;
  return task;
}

void Work();

// Wakes a waiting thread, or starts a new one, if there is work for it. The caller holds the mutex. Every thread that
// begins a call does this for the next call, so that queueing a thousand calls wakes only one thread.
void Invite() {
  if (first == nullptr) return;
  if (idle > 0) {
    work.NotifyOne();
  } else if (threads < Most()) {
    threads++;
    if (!StartThread(Work, kStackBytes)) threads--;
  }
}

void Work() {
  mutex.Lock();
  while (Task* const task = Next()) {
    Invite();
    mutex.Unlock();
    task->Run();
    mutex.Lock();
  }
  threads--;
  Invite();
  mutex.Unlock();
}

}  // namespace

void Publish(Task* begin, Task* end) {
  Task* refused = nullptr;
  {
    Guard guard(mutex);
    end->next = nullptr;
    if (last == nullptr) {
      first = begin;
    } else {
      last->next = begin;
    }
    last = end;
    for (const Task* task = begin; task != nullptr; task = task->next) queued++;
    Invite();
    if (threads == 0) {
      refused = first;
      first = last = nullptr;
      queued = 0;
    }
  }
  while (refused != nullptr) {
    Task* const next = refused->next;
    refused->Refuse();
    refused = next;
  }
}

void SetLimit(uint32_t threads_at_most) {
  Guard guard(mutex);
  limit = threads_at_most;
  Invite();
}

State Look() {
  Guard guard(mutex);
  return {limit, threads, threads - idle, queued};
}

}  // namespace rustdll::pool
