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
// The threads that wait for work, and how many of them have been notified and have not yet woken.
uint32_t idle = 0;
uint32_t notified = 0;
uint32_t limit = 0;
// The threads that wait for JavaScript, which do not count.
uint32_t waiting = 0;
thread_local bool is_of_pool = false;

uint32_t Most() { return (limit > 0 ? limit : 1) + waiting; }

// Takes the next call; returns null if there has been none for kPatienceMilliseconds. The caller holds the mutex.
Task* Next() {
  while (first == nullptr) {
    if (threads > Most()) return nullptr;
    idle++;
    const bool in_time = work.Wait(mutex, kPatienceMilliseconds);
    idle--;
    // A thread that wakes of itself counts as well: the notification then reaches another one, or nobody waits.
    if (notified > 0) notified--;
    if (!in_time && first == nullptr) return nullptr;
  }
  if (threads > Most()) return nullptr;
  Task* const task = first;
  first = task->next;
  if (first == nullptr) last = nullptr;
  queued--;
  return task;
}

void Work();

// Starts a thread if there is work for it and none waits. Returns true if one waits: the caller, who holds the mutex,
// then has to notify it, best when the mutex is unlocked. Every thread that begins a call does this for the next call,
// so that queueing a thousand calls wakes only one thread.
bool Invite() {
  if (first == nullptr) return false;
  if (idle > notified) {
    notified++;
    return true;
  }
  if (idle == 0 && threads < Most()) {
    threads++;
    if (!StartThread(Work, kStackBytes)) threads--;
  }
  return false;
}

void Work() {
  is_of_pool = true;
  mutex.Lock();
  while (Task* const task = Next()) {
    const bool notifies = Invite();
    mutex.Unlock();
    if (notifies) work.NotifyOne();
    task->Run();
    mutex.Lock();
  }
  threads--;
  const bool notifies = Invite();
  mutex.Unlock();
  if (notifies) work.NotifyOne();
}

}  // namespace

void Publish(Task* begin, Task* end) {
  Task* refused = nullptr;
  bool notifies = false;
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
    notifies = Invite();
    if (threads == 0) {
      refused = first;
      first = last = nullptr;
      queued = 0;
    }
  }
  if (notifies) work.NotifyOne();
  while (refused != nullptr) {
    Task* const next = refused->next;
    refused->Refuse();
    refused = next;
  }
}

void SetLimit(uint32_t threads_at_most) {
  mutex.Lock();
  limit = threads_at_most;
  const bool notifies = Invite();
  mutex.Unlock();
  if (notifies) work.NotifyOne();
}

void BeginWaiting() {
  if (!is_of_pool) return;
  mutex.Lock();
  waiting++;
  const bool notifies = Invite();
  mutex.Unlock();
  if (notifies) work.NotifyOne();
}

void EndWaiting() {
  if (!is_of_pool) return;
  Guard guard(mutex);
  waiting--;
}

State Look() {
  Guard guard(mutex);
  return {limit, threads, threads - idle, queued};
}

}  // namespace rustdll::pool
