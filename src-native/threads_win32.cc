#include <windows.h>

#include "threads.h"

namespace rustdll {
namespace {

// The casts rely on these: both types are documented as one pointer that begins as zero.
static_assert(sizeof(SRWLOCK) == sizeof(void*) && sizeof(CONDITION_VARIABLE) == sizeof(void*));

SRWLOCK* LockIn(void** native) { return reinterpret_cast<SRWLOCK*>(native); }
CONDITION_VARIABLE* ConditionIn(void** native) { return reinterpret_cast<CONDITION_VARIABLE*>(native); }

DWORD WINAPI Main(void* run) {
  // The cast restores what StartThread passed; on Windows a function's address is one of data.
  reinterpret_cast<void (*)()>(run)();
  return 0;
}

}  // namespace

void Mutex::Lock() { AcquireSRWLockExclusive(LockIn(&native_)); }

void Mutex::Unlock() { ReleaseSRWLockExclusive(LockIn(&native_)); }

bool Condition::Wait(Mutex& mutex, uint32_t milliseconds) {
  return SleepConditionVariableSRW(ConditionIn(&native_), LockIn(&mutex.native_), milliseconds, 0) != FALSE;
}

void Condition::NotifyOne() { WakeConditionVariable(ConditionIn(&native_)); }

void Condition::NotifyAll() { WakeAllConditionVariable(ConditionIn(&native_)); }

uint64_t CurrentThread() { return GetCurrentThreadId(); }

bool StartThread(void (*run)(), size_t stack_bytes) {
  const HANDLE thread = CreateThread(nullptr, stack_bytes, Main, reinterpret_cast<void*>(run),
                                     STACK_SIZE_PARAM_IS_A_RESERVATION, nullptr);
  if (thread == nullptr) return false;
  CloseHandle(thread);
  return true;
}

}  // namespace rustdll
