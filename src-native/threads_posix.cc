#include <csignal>
#include <ctime>

#include "threads.h"

namespace rustdll {

namespace {

// How often a thread tries to lock a mutex before it sleeps.
constexpr int kTries = 100;

// Tells the processor that a loop waits for another thread.
void Relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  asm volatile("yield");
#endif
}

}  // namespace

void Mutex::Lock() {
  // A mutex is held for some ten nanoseconds, and a thread that sleeps until it is unlocked takes some microseconds.
  for (int i = 0; i < kTries; i++) {
    if (pthread_mutex_trylock(&native_) == 0) return;
    Relax();
  }
  pthread_mutex_lock(&native_);
}

void Mutex::Unlock() { pthread_mutex_unlock(&native_); }

bool Condition::Wait(Mutex& mutex, uint32_t milliseconds) {
  timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += milliseconds / 1000;
  until.tv_nsec += static_cast<long>(milliseconds % 1000) * 1000000;
  if (until.tv_nsec >= 1000000000) {
    until.tv_sec++;
    until.tv_nsec -= 1000000000;
  }
  return pthread_cond_timedwait(&native_, &mutex.native_, &until) == 0;
}

void Condition::NotifyOne() { pthread_cond_signal(&native_); }

void Condition::NotifyAll() { pthread_cond_broadcast(&native_); }

// The cast only makes the identifier a number, which it is on Linux and a pointer on macOS and musl.
uint64_t CurrentThread() { return (uint64_t)pthread_self(); }

namespace {

void* Main(void* run) {
  // The cast restores what StartThread passed; POSIX lets a function's address go through a void pointer.
  reinterpret_cast<void (*)()>(run)();
  return nullptr;
}

}  // namespace

bool StartThread(void (*run)(), size_t stack_bytes) {
  // Signals of the process are left to the threads of the runtime. A signal for a fault in the thread itself cannot be
  // blocked.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  pthread_t thread;
  const int failure = pthread_create(&thread, &attributes, Main, reinterpret_cast<void*>(run));
  pthread_attr_destroy(&attributes);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return failure == 0;
}

}  // namespace rustdll
