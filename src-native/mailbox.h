// What other threads have for JavaScript: the calls that are complete, and the callbacks that they want to be called.
// There is one for each copy of the package in an environment; it outlives its environment for as long as calls or
// held values refer to it.
#pragma once

#include <napi.h>

#include <atomic>
#include <cstddef>
#include <vector>

#include "abi.h"
#include "posts.h"
#include "threads.h"

namespace rustdll {

class Background;
class HeldValue;
class Task;

// A callback that JavaScript is to call. Its stream and its text follow in the same allocation.
struct Message {
  Message* next;
  // Retained.
  HeldValue* held;
  // The number of the request that waits for the result, or kPosted.
  uint32_t request;
  uint64_t count;
  uint64_t bytes;
  uint64_t units;
  Reference* objects;
  // How many posts were there before it. A post has a position of its own instead.
  uint64_t posts_before;

  // The casts are sound: Make has allocated so much memory.
  const uint64_t* words() const { return reinterpret_cast<const uint64_t*>(this + 1); }
  const char* text() const { return reinterpret_cast<const char*>(words() + count); }

  // Copies the arguments of a callback. Returns null if there is no memory.
  static Message* Make(HeldValue* held, const Invocation& invocation, uint32_t request);
  void Destroy();
};

class Mailbox {
 public:
  // Makes the mailbox of a copy of the package, whose functions are `background`. `drain` is called, on the thread of
  // the environment, when something has arrived. Returns null, with an exception pending, if Node-API refuses.
  static Mailbox* Open(Napi::Env env, Napi::Function drain, Background* background);

  void Retain() { owners_.fetch_add(1, std::memory_order_relaxed); }
  void Release();

  // Called on any thread.
  void Deliver(Task* task);
  // Tells whether the environment has ended. It may end at any moment, so this only avoids work that would be in vain.
  bool IsClosed() const { return closed_.load(); }
  // Tells that a call has news of how far it is. Called on any thread.
  void Notify();
  // Tells, once, if there were such news.
  bool TakeNews();

  // Returns the calls that have arrived as a list linked by `next`, the oldest first.
  Task* Take();
  // Sets whether there are calls under way that keep the process alive.
  void Hold(bool on);

  // True on the thread of the environment.
  bool IsOwnThread() const { return thread_ == CurrentThread(); }
  // Only for that thread, while the mailbox is not closed.
  Background* background() const { return background_; }

  // Has a callback called and waits for its result, as the host's function `call`. Called on any other thread.
  uint32_t Call(HeldValue* held, Invocation* invocation, const Context* context, uint64_t patience);
  // Has a callback called, and `done` with its result, as the host's function `ask`. Called on any thread.
  uint32_t Ask(HeldValue* held, Invocation* invocation, void (*done)(Invocation*, uint32_t));
  // Has a callback called later, as the host's function `post`. Called on any thread.
  uint32_t Post(HeldValue* held, const Invocation& invocation, uint64_t patience);
  // Ends the waiting for callbacks of a call that was cancelled.
  void CancelRequests(const Context* context);
  // Sets whether one callback more, or less, keeps the process alive. Called on any thread.
  void Keep(bool on);
  // Tells that JavaScript alone has a value. Called on any thread.
  void Unused(HeldValue* held);

  // Counts the calls that may use functions of JavaScript which they do not own. Called on any thread.
  void BeginTask() { tasks_.fetch_add(1); }
  void EndTask();
  // Takes what the environment owns, as it ends, until no call is left that may use it.
  void Inherit(std::vector<HeldValue*> values);

  // Returns the next callbacks that are to be called: some posts with few words, which it copies to `posts`, and whose
  // number it stores; or a message, which the caller destroys; or neither.
  Message* TakeNext(SmallPost* posts, uint32_t* count);
  // The number of callbacks that TakeNext has returned or left out.
  uint64_t taken_callbacks() const { return taken_messages_ + posts_.taken(); }
  // Passes the result of a callback to whoever waits for it, unless nobody does any more. `fill` is called with its
  // invocation, and returns the status.
  template <typename Fill>
  void Answer(uint32_t number, const Fill& fill) {
    {
      Guard guard(mutex_);
      if (number >= requests_.size()) return;
      if (Request* const request = requests_[number]) Complete(request, fill(request->invocation));
      free_.push_back(number);
    }
    TellAnswered();
  }
  // Tells that JavaScript does not need a value any more. Returns true if nobody else has it and no post of it waits;
  // otherwise it is returned by TakeUnused when that is so.
  bool Forget(HeldValue* held);
  HeldValue* TakeUnused();
  // The number of callbacks that keep the process alive.
  size_t kept() const { return kept_.load(std::memory_order_relaxed); }

 private:
  // Someone who waits for the result of a callback: a thread, which has this on its stack, or who has passed a function
  // to be called then, for whom this was allocated.
  struct Request {
    Invocation* invocation;
    const Context* context;
    uint32_t number;
    uint32_t status;
    bool is_complete;
    Condition condition;
    void (*done)(Invocation*, uint32_t);
    Request* next;
  };

  Mailbox() = default;
  ~Mailbox() = default;
  // These have the mutex held.
  void Append(Message* message);
  void ReleaseInherited();
  void Complete(Request* request, uint32_t status);
  // Returns the number of a new request, which may still be given up.
  uint32_t NumberOfNext();
  // Takes the posts that wait, as nobody calls them any more. Returns the messages among them as a list, which is to be
  // destroyed without the mutex, since the functions in them may be given back to this mailbox.
  Message* DropPosts();
  void AddUnused(HeldValue* held);

  // These are called without it.
  // Waits for room for a post, and takes a position. Returns a CallbackStatus.
  uint32_t WaitForRoom(uint64_t patience, uint64_t* position);
  // Has a post noticed that was published while JavaScript sleeps or has ended. Returns a CallbackStatus.
  uint32_t WakeForPost();
  // Returns the next message with a request that precedes all posts which are left, or null.
  Message* TakeRequest();
  // Gives the places of so many posts back.
  void GiveBack(uint64_t posts);
  // Has `drain` called. The mailbox is not closed, as then the function is gone: the mutex is held, or this is counted
  // in `ringing_`.
  void Ring();
  // Calls the functions of those whose results are there, without the mutex, as they are the library's.
  void TellAnswered();
  static void Drain(napi_env env, napi_value drain, void* mailbox, void* data);
  static void Close(void* mailbox);

  Mutex mutex_;
  std::atomic<size_t> owners_{1};
  // Changes only with the mutex held.
  std::atomic<bool> closed_{false};
  // The calls that have arrived, the newest first. To a list that is not empty they are added without the mutex.
  std::atomic<Task*> arrived_{nullptr};
  bool has_news_ = false;
  // The callbacks that are called for a request, the oldest first. The first one is looked at without the mutex.
  std::atomic<Message*> first_message_{nullptr};
  Message* last_message_ = nullptr;
  std::atomic<uint64_t> messages_{0};
  // The others, and the threads that wait until there are fewer of them.
  Posts posts_;
  std::atomic<size_t> producers_{0};
  Condition has_room_;
  // True if JavaScript handles callbacks, and looks for more of them before it waits for a ring.
  std::atomic<bool> is_awake_{false};
  // These two only the thread of the environment uses: it takes all messages at once.
  Message* taken_ = nullptr;
  uint64_t taken_messages_ = 0;
  // The threads that wait for results, by the numbers of their requests; null for a free number.
  std::vector<Request*> requests_;
  std::vector<uint32_t> free_;
  // The complete requests whose functions have not yet been called.
  Request* answered_ = nullptr;
  // The values that only JavaScript has, in the order in which they became so.
  HeldValue* first_unused_ = nullptr;
  HeldValue* last_unused_ = nullptr;
  std::atomic<size_t> tasks_{0};
  // The values of an environment that has ended.
  std::vector<HeldValue*> inherited_;
  std::atomic<size_t> kept_{0};
  uint64_t thread_ = 0;
  Background* background_ = nullptr;
  // The threads that call it without the mutex, for which the end of the environment waits.
  std::atomic<uint32_t> ringing_{0};
  napi_threadsafe_function wake_ = nullptr;
  napi_env env_ = nullptr;
};

}  // namespace rustdll
