// Threads and their synchronisation. Prebuilt addons link no C++ library, so std::mutex is not available; and nothing
// here has a destructor, since threads keep waiting while the process exits: destroying what they wait for would hang.
#pragma once

#include <cstddef>
#include <cstdint>

#ifndef _WIN32
#include <pthread.h>
#endif

namespace rustdll {

class Mutex {
 public:
  constexpr Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void Lock();
  void Unlock();

 private:
  friend class Condition;
#ifdef _WIN32
  void* native_ = nullptr;  // an SRWLOCK, which is one pointer and begins as zero
#else
  pthread_mutex_t native_ = PTHREAD_MUTEX_INITIALIZER;
#endif
};

// Holds a mutex during its lifetime.
class Guard {
 public:
  explicit Guard(Mutex& mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~Guard() { mutex_.Unlock(); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

 private:
  Mutex& mutex_;
};

class Condition {
 public:
  constexpr Condition() = default;
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;

  // Waits with the mutex unlocked. Returns false if the time has elapsed, and true if another thread has notified, or
  // spuriously.
  bool Wait(Mutex& mutex, uint32_t milliseconds);
  void NotifyOne();
  void NotifyAll();

 private:
#ifdef _WIN32
  void* native_ = nullptr;  // a CONDITION_VARIABLE, which is one pointer and begins as zero
#else
  pthread_cond_t native_ = PTHREAD_COND_INITIALIZER;
#endif
};

// Returns a number that no other thread of the process has now.
uint64_t CurrentThread();

// Starts a detached thread that no signal of the process interrupts. Returns false if the system cannot start one.
bool StartThread(void (*run)(), size_t stack_bytes);

}  // namespace rustdll
