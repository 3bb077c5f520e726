// A call that runs on another thread. It has one piece of memory of its own, with copies of all that the call is given:
// JavaScript may change or free its memory while the call runs, and an environment may end.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "abi.h"

namespace rustdll {

class Mailbox;

class Task {
 public:
  // Copies the call that is in the block. Returns null if there is no memory, or if the block names no argument of it.
  static Task* Make(const Block& block, void* code, bool framed, Mailbox* mailbox);

  // Gives back the result, if nobody has taken it, and the task itself.
  void Destroy();

  // Makes the call, on whatever thread, unless it was cancelled or its environment has ended; then delivers the task to
  // its mailbox.
  void Run();

  // Delivers the task without a call: no thread can be started.
  void Refuse();

  // Copies the lists that Rust may have changed to where they came from, which JavaScript has kept.
  void CopyBack() const;

  // Leaves the result in the block, as a call that the block itself was used for would.
  void PutResult(Block* block);

  bool framed() const { return framed_; }
  bool refused() const { return refused_; }

  // The next one in the queue, or in the mailbox.
  Task* next = nullptr;
  // JavaScript's number of the call.
  uint32_t id = 0;
  // Set by JavaScript's thread. A call that has not begun then never does.
  std::atomic<bool> cancelled{false};

 private:
  // A list that Rust may change: where it came from, where its copy is.
  struct Lent {
    void* origin;
    const void* copy;
    size_t bytes;
  };

  Task(const Block& block, void* code, bool framed, Mailbox* mailbox);

  void* const code_;
  const bool framed_;
  bool refused_ = false;
  Mailbox* const mailbox_;
  const Lent* lent_ = nullptr;
  size_t lent_count_ = 0;
  Registers registers_;
  Frame frame_;
  // The room for a result; a larger one is in memory of the library's.
  uint64_t out_[kTaskOutWords];
  // The copies follow.
};

}  // namespace rustdll
