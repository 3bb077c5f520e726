// Where calls arrive that have run on other threads. There is one for each copy of the package in an environment; it
// outlives its environment for as long as calls know it.
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
  bool IsClosed();

  // Gives the calls that have arrived, the oldest first, each by its `next`.
  Task* Take();
  // Tells if calls are under way for which the process is to stay alive.
  void Hold(bool on);

 private:
  Mailbox() = default;
  static void Drain(napi_env env, napi_value drain, void* mailbox, void* data);
  static void Close(void* mailbox);

  Mutex mutex_;
  std::atomic<size_t> owners_{1};
  bool closed_ = false;
  // The calls that have arrived, the newest first.
  Task* arrived_ = nullptr;
  // May be called for as long as the mailbox is not closed, with the mutex held.
  napi_threadsafe_function wake_ = nullptr;
  napi_env env_ = nullptr;
};

}  // namespace rustdll
