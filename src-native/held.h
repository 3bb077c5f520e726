// The values of JavaScript that libraries hold: functions that they may call, and what those have thrown.
#pragma once

#include <napi.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "abi.h"

namespace rustdll {

class Mailbox;

// Returns the functions that libraries call. It is a function because for a variable of another file arm64 asks a table
// of addresses, in which the linker for macOS leaves the names of hidden variables to chance.
const Host* HostFunctions();

// JavaScript has the value itself, under a number. It counts as one owner until its environment ends; after that only
// libraries have the memory.
class HeldValue : private Held {
 public:
  // Makes one for JavaScript. Returns null if there is no memory.
  static HeldValue* Make(Mailbox* mailbox, uint32_t number);
  // Returns the value whose address a library has been given.
  static HeldValue* Of(const Held* held) {
    // The casts are sound: every address that a library is given is that of one of these, none of which is constant.
    return static_cast<HeldValue*>(const_cast<Held*>(held));
  }

  // Both may be called on any thread. The second gives up so many owners at once.
  void Retain() { owners_.fetch_add(1, std::memory_order_relaxed); }
  void Release(size_t owners = 1);

  // True if JavaScript is the only owner.
  bool is_unused() const { return owners_.load(std::memory_order_acquire) == 1; }

  const Held* held() const { return this; }
  Mailbox* mailbox() const { return mailbox_; }
  uint32_t number() const { return number_; }

  // Used by the mailbox, with its mutex held: true if JavaScript waits until no library has the value, and the next of
  // those that none has any more.
  bool is_awaited = false;
  HeldValue* next = nullptr;
  // How many posts were made before nobody had it any more.
  uint64_t posts_before = 0;
  // What was thrown where no function of JavaScript could catch it. Only the thread of JavaScript uses it.
  napi_ref stray = nullptr;

 private:
  HeldValue(Mailbox* mailbox, uint32_t number) : Held{HostFunctions()}, mailbox_(mailbox), number_(number) {}

  Mailbox* const mailbox_;
  const uint32_t number_;
  std::atomic<size_t> owners_{1};
};

}  // namespace rustdll
