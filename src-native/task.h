// A call that runs on another thread. It is one allocation together with copies of all its arguments: JavaScript may
// change or free its memory while the call runs, and an environment may end.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "abi.h"
#include "regions.h"
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

// The memory of tasks that are over, which is kept for later ones: to get it anew takes as long as all the rest of a
// short call. It belongs to one thread.
class TaskMemory {
 public:
  TaskMemory() = default;
  ~TaskMemory();
  TaskMemory(const TaskMemory&) = delete;
  TaskMemory& operator=(const TaskMemory&) = delete;

  // Returns memory of this size, aligned to 8, or null if there is none. It may be freed with std::free.
  void* Take(size_t bytes);
  void Give(void* memory, size_t bytes);

 private:
  struct Piece {
    Piece* next;
  };
  Piece* first_ = nullptr;
  size_t count_ = 0;
};

class Task {
 public:
  // Copies the call that is in the block. Returns null if there is no memory, or if the block names an argument that
  // cannot be.
  static Task* Make(const Block& block, void* code, bool framed, Mailbox* mailbox, TaskMemory* memory);

  // Frees the result, if nobody has taken it, and the task itself, whose memory is given to `memory` if there is one;
  // or is freed later, if something that wakes its future still has the context.
  void Destroy(TaskMemory* memory = nullptr);

  // Makes the call on the current thread, or polls its future, unless it was cancelled or its environment has ended;
  // then delivers the task to its mailbox, or leaves it to what wakes the future.
  void Run();

  // Queues the task if its future waits. Called on any thread that holds the context.
  void Wake();
  // Does the same for the caller to queue it, and returns true if it has to.
  bool IsWoken();

  // Delivers the task without a call, since no thread can be started.
  void Refuse();

  // Copies the lists that Rust may have changed back into the memory of JavaScript, which has kept it.
  void CopyBack() const;

  // Stores the result in the block, as a call through the doorbell does.
  void PutResult(Block* block);

  // Gives up the call: if it has not begun it never does, and if it has it may see that.
  void Cancel();
  bool cancelled() const { return (context_.context.flags.load() & kContextCancelled) != 0; }

  // Takes what the function has told of how far it is. Returns false if that is nothing new.
  bool TakeProgress(Progress* progress);

  bool framed() const { return framed_; }
  bool refused() const { return refused_; }
  // True if JavaScript is told of the end of the call even if it was cancelled.
  bool matters() const { return matters_; }

  // The functions of the host that get a context.
  static void RetainContext(const Context* context) { Of(context)->owners_.fetch_add(1, std::memory_order_relaxed); }
  static void ReleaseContext(const Context* context) { Of(context)->Release(nullptr); }
  static void WakeContext(const Context* context) { Of(context)->Wake(); }
  static void Report(const Context* context, uint64_t done, uint64_t total, const char* text, uint64_t bytes);

  // The next one in the queue, or in the mailbox.
  Task* next = nullptr;
  // How many callbacks the mailbox had been given when the call was complete, which come before its result.
  uint64_t callbacks_before = 0;
  // JavaScript's number of the call.
  uint32_t id = 0;
  // True while the call keeps the process alive.
  bool is_awaited = false;

 private:
  // A list that Rust may change: its original memory and its copy.
  struct Lent {
    void* origin;
    const void* copy;
    size_t bytes;
  };

  // The progress that is not yet taken.
  struct News {
    Mutex mutex;
    bool is_new = false;
    Progress progress = {};
  };

  // The states of a task. Only the thread that runs it leaves kRunning and kWoken.
  enum State : uint32_t {
    kWaiting,  // its future waits to be woken
    kQueued,
    kRunning,
    kWoken,  // it runs, and has to be run again if its future waits
  };

  Task(const Block& block, void* code, bool framed, Mailbox* mailbox);

  static Task* Of(const Context* context);
  // Gives up one of the owners of the memory.
  void Release(TaskMemory* memory);
  // Calls a framed function with this operation.
  void Enter(uint32_t operation);

  // What the library gets, and behind it what leads back to the task.
  struct OwnContext {
    Context context;
    Task* task;
  };
  OwnContext context_;
  void* const code_;
  const bool framed_;
  bool refused_ = false;
  bool matters_ = false;
  const uint32_t call_code_;
  // The words of room for a result.
  uint32_t room_ = 0;
  // What a framed function has returned.
  uint64_t status_ = 0;
  std::atomic<uint32_t> state_{kQueued};
  // The task itself until it is destroyed, and what wakes its future, which has the context.
  std::atomic<uint32_t> owners_{1};
  Mailbox* const mailbox_;
  // Null if nobody wants to know of the call's progress.
  News* news_ = nullptr;
  const Lent* lent_ = nullptr;
  size_t lent_count_ = 0;
  Regions regions_;
  // The objects among the arguments, each retained once.
  Reference** objects_ = nullptr;
  size_t object_count_ = 0;
  // The size of the allocation.
  size_t bytes_ = 0;
  // What a plain function is called with, or a framed one. Only as much is initialised as the call has arguments.
  union {
    Registers registers_;
    Frame frame_;
  };
  // The room for a result, for which the library allocates memory if it is larger, the news, the notes, the
  // references and the copies follow in the same allocation.
};

}  // namespace rustdll
