#include "pool.h"

#include <cstdlib>
#include <new>

#include "task.h"
#include "threads.h"

namespace rustdll::pool {
namespace {

// The stack of a thread is as large as that of the main thread usually is. Rust's threads have 2 MiB; the defaults of
// musl and macOS, 128 kB and 512 kB, are too small.
constexpr size_t kStackBytes = size_t{8} << 20;
constexpr uint32_t kPatienceMilliseconds = 10000;

// What a thread waits on for work. It is never freed but used again, as it may still be notified when its thread has
// woken of itself, and ended.
struct Seat {
  Condition condition;
  bool is_notified = false;
  Seat* next = nullptr;
};

// These are initialised when the process starts and never destroyed; see threads.h.
Mutex mutex;
Task* first = nullptr;
Task* last = nullptr;
uint32_t queued = 0;
uint32_t threads = 0;
// The threads that wait for work, or have been notified and have not yet woken.
uint32_t idle = 0;
// The seats of those that have not been notified. The one that came last is first: its thread and what it uses are most
// likely still in the caches of a processor that has not gone to sleep.
Seat* waiting_seats = nullptr;
Seat* free_seats = nullptr;
uint32_t limit = 0;
// The threads that wait for JavaScript, which do not count.
uint32_t waiting = 0;
thread_local bool is_of_pool = false;

uint32_t Most() { return (limit > 0 ? limit : 1) + waiting; }

// Returns a seat, or null if there is no memory. The caller holds the mutex.
Seat* TakeSeat() {
  Seat* const seat = free_seats;
  if (seat != nullptr) {
    free_seats = seat->next;
    return seat;
  }
  void* const memory = std::malloc(sizeof(Seat));
  return memory != nullptr ? new (memory) Seat() : nullptr;
}

// Removes a seat from those that have not been notified.
void Leave(const Seat* seat) {
  Seat** place = &waiting_seats;
  while (*place != seat) place = &(*place)->next;
  *place = seat->next;
}

// Waits until the thread of the seat is notified. Returns false if that took kPatienceMilliseconds. The caller holds
// the mutex.
bool Wait(Seat* seat) {
  seat->is_notified = false;
  seat->next = waiting_seats;
  waiting_seats = seat;
  idle++;
  for (bool in_time = true; in_time && !seat->is_notified;)
    in_time = seat->condition.Wait(mutex, kPatienceMilliseconds);
  idle--;
  if (seat->is_notified) return true;
  Leave(seat);
  return false;
}

// Takes the next call; returns null if there has been none for kPatienceMilliseconds. The caller holds the mutex.
Task* Next(Seat* seat) {
  while (first == nullptr) {
    if (threads > Most() || seat == nullptr) return nullptr;
    if (!Wait(seat) && first == nullptr) return nullptr;
  }
  if (threads > Most()) return nullptr;
  Task* const task = first;
  first = task->next;
  if (first == nullptr) last = nullptr;
  queued--;
  return task;
}

void Work();

// Starts a thread if there is work for it and none waits. Returns the seat of one that waits, or null: the caller, who
// holds the mutex, then has to notify it, best when the mutex is unlocked. Every thread that begins a call does this
// for the next call, so that queueing a thousand calls wakes only one thread.
Seat* Invite() {
  if (first == nullptr) return nullptr;
  Seat* const seat = waiting_seats;
  if (seat != nullptr) {
    waiting_seats = seat->next;
    seat->is_notified = true;
    return seat;
  }
  if (idle == 0 && threads < Most()) {
    threads++;
    if (!StartThread(Work, kStackBytes)) threads--;
  }
  return nullptr;
}

void Notify(Seat* seat) {
  if (seat != nullptr) seat->condition.NotifyOne();
}

void Work() {
  is_of_pool = true;
  mutex.Lock();
  Seat* const seat = TakeSeat();
  while (Task* const task = Next(seat)) {
    Seat* const invited = Invite();
    mutex.Unlock();
    Notify(invited);
    task->Run();
    mutex.Lock();
  }
  threads--;
  if (seat != nullptr) {
    seat->next = free_seats;
    free_seats = seat;
  }
  Seat* const invited = Invite();
  mutex.Unlock();
  Notify(invited);
}

}  // namespace

void Publish(Task* begin, Task* end) {
  Task* refused = nullptr;
  Seat* invited;
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
    invited = Invite();
    if (threads == 0) {
      refused = first;
      first = last = nullptr;
      queued = 0;
    }
  }
  Notify(invited);
  while (refused != nullptr) {
    Task* const next = refused->next;
    refused->Refuse();
    refused = next;
  }
}

void SetLimit(uint32_t threads_at_most) {
  mutex.Lock();
  limit = threads_at_most;
  Seat* const invited = Invite();
  mutex.Unlock();
  Notify(invited);
}

void BeginWaiting() {
  if (!is_of_pool) return;
  mutex.Lock();
  waiting++;
  Seat* const invited = Invite();
  mutex.Unlock();
  Notify(invited);
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
