// A call that runs on another thread. It is one allocation together with copies of all its arguments: JavaScript may
// change or free its memory while the call runs, and an environment may end.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "abi.h"
#include "threads.h"

namespace rustdll {

class Mailbox;

// How far a call is, as its function has told.
struct Progress {
  uint64_t done;
  uint64_t total;
  // Null if it is what it was. Otherwise it is the receiver's to free, and has no NUL at its end.
  char* text;
  size_t text_bytes;
};

class Task {
 public:
  // Copies the call that is in the block. Returns null if there is no memory, or if the offset of a lent argument is
  // not that of an argument.
  static Task* Make(const Block& block, void* code, bool framed, Mailbox* mailbox);

  // Frees the result, if nobody has taken it, and the task itself.
  void Destroy();

  // Makes the call on the current thread, unless it was cancelled or its environment has ended; then delivers the task
  // to its mailbox.
  void Run();

  // Delivers the task without a call, since no thread can be started.
  void Refuse();

  // Copies the lists that Rust may have changed back into the memory of JavaScript, which has kept it.
  void CopyBack() const;

  // Stores the result in the block, as a call through the doorbell does.
  void PutResult(Block* block);

  // Gives up the call: if it has not begun it never does, and if it has it may see that.
  void Cancel() { context_.context.flags.fetch_or(kContextCancelled, std::memory_order_relaxed); }
  bool cancelled() const { return (context_.context.flags.load(std::memory_order_relaxed) & kContextCancelled) != 0; }

  // Takes what the function has told of how far it is. Returns false if that is nothing new.
  bool TakeProgress(Progress* progress);

  bool framed() const { return framed_; }
  bool refused() const { return refused_; }

  // The next one in the queue, or in the mailbox.
  Task* next = nullptr;
  // JavaScript's number of the call.
  uint32_t id = 0;

 private:
  // A list that Rust may change: its original memory and its copy.
  struct Lent {
    void* origin;
    const void* copy;
    size_t bytes;
  };

  Task(const Block& block, void* code, bool framed, Mailbox* mailbox);

  static void Report(const Context* context, uint64_t done, uint64_t total, const char* text, uint64_t bytes);
  static const Host kHost;

  // What the library gets, and behind it what leads back to the task.
  struct OwnContext {
    Context context;
    Task* task;
  };
  OwnContext context_;
  void* const code_;
  const bool framed_;
  bool refused_ = false;
  Mailbox* const mailbox_;
  Mutex progress_mutex_;
  bool has_progress_ = false;
  Progress progress_ = {};
  const Lent* lent_ = nullptr;
  size_t lent_count_ = 0;
  Registers registers_;
  Frame frame_;
  // The room for a result; the library allocates memory for a larger one.
  uint64_t out_[kTaskOutWords];
  // The notes and the copies follow in the same allocation.
};

}  // namespace rustdll
