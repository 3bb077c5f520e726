// The queue of complete calls that have run on other threads. There is one for each copy of the package in an
// environment; it outlives its environment for as long as calls refer to it.
#pragma once

#include <napi.h>

#include <atomic>
#include <cstddef>

#include "threads.h"

namespace rustdll {

class Task;

class Mailbox {
 public:
  // Makes the mailbox of a copy of the package. `drain` is called, on the thread of the environment, when calls have
  // arrived. Returns null, with an exception pending, if Node-API refuses.
  static Mailbox* Open(Napi::Env env, Napi::Function drain);

  void Retain() { owners_.fetch_add(1, std::memory_order_relaxed); }
  void Release();

  // Called on any thread.
  void Deliver(Task* task);
  // Tells whether the environment has ended. It may end at any moment, so this only avoids work that would be in vain.
  bool IsClosed() const { return closed_.load(std::memory_order_relaxed); }
  // Tells that a call has news of how far it is. Called on any thread.
  void Notify();
  // Tells, once, if there were such news.
  bool TakeNews();

  // Returns the calls that have arrived as a list linked by `next`, the oldest first.
  Task* Take();
  // Sets whether there are calls under way that keep the process alive.
  void Hold(bool on);

 private:
  Mailbox() = default;
  // Has `drain` called. The mutex is held and the mailbox not closed: then the function is gone.
  void Ring();
  static void Drain(napi_env env, napi_value drain, void* mailbox, void* data);
  static void Close(void* mailbox);

  Mutex mutex_;
  std::atomic<size_t> owners_{1};
  // Changes only with the mutex held.
  std::atomic<bool> closed_{false};
  // The calls that have arrived, the newest first.
  Task* arrived_ = nullptr;
  bool has_news_ = false;
  // May be called while the mailbox is not closed, with the mutex held.
  napi_threadsafe_function wake_ = nullptr;
  napi_env env_ = nullptr;
};

}  // namespace rustdll
