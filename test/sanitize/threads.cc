// Runs the threads of calls in the background without JavaScript, for ThreadSanitizer. Two environments submit calls,
// cancel some, take results, and end while others are under way or their futures wait. Of Node-API only the functions
// that a mailbox calls exist.
#include <napi.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "abi.h"
#include "background.h"
#include "held.h"
#include "mailbox.h"
#include "pool.h"
#include "task.h"

using rustdll::Block;
using rustdll::Mailbox;
using rustdll::Task;

namespace {

// The calls that the event loop of an environment would get.
struct Loop {
  std::atomic<int> rings{0};
  // True once the environment has ended.
  std::atomic<bool> is_gone{false};
  void (*close)(void*) = nullptr;
  void* mailbox = nullptr;
};
thread_local Loop* loop = nullptr;

void Check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "threads: %s\n", what);
  std::abort();
}

std::atomic<int> calls{0};
std::atomic<int> owned{0};

void Release(rustdll::Owned* memory) {
  std::free(memory->ptr);
  memory->ptr = nullptr;
  owned--;
}

// A framed function that adds one to a lent list of f64, and returns words that it owns.
uint32_t AddOne(rustdll::Frame* frame) {
  const rustdll::Context* context = frame->context;
  const uint32_t flags = context->flags.load(std::memory_order_relaxed);
  if ((flags & rustdll::kContextListens) != 0) {
    context->host->progress(context, 1, 2, "text", 4);
    context->host->progress(context, 2, rustdll::kUnknownTotal, nullptr, 0);
  }
  auto* list = reinterpret_cast<rustdll::PyVec*>(frame->arguments[0]);
  auto* numbers = static_cast<double*>(list->ptr);
  for (uint32_t i = 0; i < list->len; i++) numbers[i] += 1;
  frame->words = {static_cast<uint8_t*>(std::malloc(64)), 64, 64, 8};
  frame->release = Release;
  frame->result = frame->arguments[1];
  owned++;
  calls++;
  return 0;
}

// The contexts that another thread is to wake, each of which it holds.
std::mutex contexts_mutex;
std::vector<const rustdll::Context*> contexts;
std::atomic<bool> wakes{true};

// Wakes twice, the second time perhaps after the call.
void Wake() {
  while (wakes) {
    std::vector<const rustdll::Context*> all;
    {
      std::lock_guard<std::mutex> guard(contexts_mutex);
      all.swap(contexts);
    }
    for (const rustdll::Context* context : all) context->host->wake(context);
    std::this_thread::yield();
    for (const rustdll::Context* context : all) {
      context->host->wake(context);
      context->host->release_context(context);
    }
  }
}

std::atomic<int> futures{0};

// A framed function whose future waits several times, and then does what AddOne does.
uint32_t Later(rustdll::Frame* frame) {
  int* left = frame->operation == 0 ? new int(3) : reinterpret_cast<int*>(frame->result);
  if (frame->operation == 0) futures++;
  if (frame->operation == rustdll::kOperationDrop || *left == 0) {
    delete left;
    futures--;
    return frame->operation == rustdll::kOperationDrop ? 0 : AddOne(frame);
  }
  // It is woken by another thread, or by itself while it is polled.
  if (--*left == 1) {
    frame->context->host->wake(frame->context);
  } else {
    frame->context->host->retain_context(frame->context);
    std::lock_guard<std::mutex> guard(contexts_mutex);
    contexts.push_back(frame->context);
  }
  frame->result = reinterpret_cast<uint64_t>(left);
  return rustdll::kStatusPending;
}

// The calls of the environment that are not yet taken.
thread_local std::set<Task*> under_way;

void Environment(int seed, int count) {
  Loop here;
  loop = &here;
  Mailbox* mailbox = Mailbox::Open(Napi::Env(nullptr), Napi::Function(), nullptr);
  Check(mailbox != nullptr, "no mailbox");
  auto* block = static_cast<Block*>(std::calloc(1, sizeof(Block)));
  rustdll::TaskMemory memory;
  std::vector<double> list(100);
  rustdll::PyVec descriptor = {list.data(), static_cast<uint32_t>(list.size())};
  int made = 0;
  int cancelled = 0;
  int heard = 0;
  int given = 0;
  const auto take = [&] {
    for (Task* task = mailbox->Take(); task != nullptr;) {
      Task* const next = task->next;
      rustdll::Progress progress;
      if (task->TakeProgress(&progress)) {
        Check(progress.done == 2 && progress.text_bytes == 4, "progress of another call");
        std::free(progress.text);
        heard++;
      }
      if (task->cancelled()) {
        cancelled++;
      } else {
        task->CopyBack();
        task->PutResult(block);
        Check(block->frame.result == task->id, "a result of another call");
        if (block->frame.words.ptr != nullptr) block->frame.release(&block->frame.words);
        made++;
      }
      under_way.erase(task);
      task->Destroy(&memory);
      task = next;
    }
  };
  for (int i = 0; i < count; i++) {
    block->registers.call_code = rustdll::kCallCodeFramed;
    block->frame.arguments[0] = reinterpret_cast<uint64_t>(&descriptor);
    block->frame.arguments[1] = static_cast<uint64_t>(i);
    block->argument_count = 2;
    block->lent_count = 1;
    block->listens = i % 5 == 0 ? 1 : 0;
    block->lent[0] = {offsetof(Block, frame) + offsetof(rustdll::Frame, arguments),
                      sizeof(double) | rustdll::kLentMutable};
    void* const code = reinterpret_cast<void*>(i % 4 == 1 ? Later : AddOne);
    Task* task = Task::Make(*block, code, true, mailbox, &memory);
    Check(task != nullptr, "no task");
    under_way.insert(task);
    task->id = static_cast<uint32_t>(i);
    const bool cancels = (i + seed) % 7 == 0;
    if (cancels && i % 2 == 0) task->Cancel();
    rustdll::pool::Publish(task, task);
    if (cancels) task->Cancel();
    given++;
    if (i % 3 == 0) take();
    if (i % 500 == 0) rustdll::pool::SetLimit(1 + static_cast<uint32_t>(i / 500 % 4));
  }
  // One environment waits for its calls, and the other ends while some are under way.
  while (seed == 0 && made + cancelled < given) take();
  if (seed == 0) Check(here.rings > 0, "nobody rang");
  if (seed == 0) Check(heard > 0 && mailbox->TakeNews(), "no call was heard of");
  here.close(here.mailbox);
  here.is_gone = true;
  std::free(block);
  loop = nullptr;
}

// How many posts of each thread of PostTimes arrive at least before an environment ends in their midst.
constexpr int kPostsBeforeEnd = 1000;

// Posts numbers to a function until its environment has ended or there are enough of them, some with text.
void PostTimes(const rustdll::Held* held, int thread, int count) {
  for (int i = 0; i < count; i++) {
    uint64_t words[2] = {static_cast<uint64_t>(thread), static_cast<uint64_t>(i)};
    rustdll::Invocation invocation = {};
    invocation.words = words;
    invocation.count = 2;
    if (i % 10 == 0) {
      invocation.text = "text";
      invocation.bytes = invocation.units = 4;
    }
    const uint32_t status = rustdll::HostFunctions()->post(held, &invocation, i % 3 == 0 ? 0 : rustdll::kForever);
    if (status == rustdll::kClosed) break;
    if (status == rustdll::kWouldWait)
      i--;
    else
      Check(status == rustdll::kReturned, "a post failed");
  }
  rustdll::HostFunctions()->release(held);
}

// Takes what three threads post, in the order of each. The environment ends when all has arrived, or in its midst.
void Posted(bool ends_early) {
  constexpr int kThreads = 3;
  constexpr int kCount = 20000;
  Loop here;
  loop = &here;
  Mailbox* mailbox = Mailbox::Open(Napi::Env(nullptr), Napi::Function(), nullptr);
  rustdll::HeldValue* const value = rustdll::HeldValue::Make(mailbox, 7);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; i++) {
    value->Retain();
    threads.emplace_back(PostTimes, value->held(), i, kCount);
  }
  int next[kThreads] = {};
  const auto arrived = [&](uint32_t held, const uint64_t* words) {
    Check(held == 7, "a post to another function");
    Check(next[words[0]]++ == static_cast<int>(words[1]), "a post is not in its order");
  };
  const int most = ends_early ? kPostsBeforeEnd : kThreads * kCount;
  rustdll::SmallPost posts[rustdll::kPosts];
  for (int taken = 0, rings = 0; taken < most;) {
    uint32_t count = 0;
    rustdll::Message* const message = mailbox->TakeNext(posts, &count);
    for (uint32_t i = 0; i < count; i++) arrived(posts[i].held, posts[i].words);
    if (message != nullptr) {
      Check(message->bytes == 4, "text was lost");
      arrived(message->held->number(), message->words());
      message->Destroy();
    }
    taken += static_cast<int>(count) + (message != nullptr ? 1 : 0);
    if (count > 0 || message != nullptr) continue;
    // As JavaScript does, this sleeps until it is rung for.
    while (here.rings == rings) std::this_thread::yield();
    rings = here.rings;
  }
  if (!ends_early) {
    for (std::thread& thread : threads) thread.join();
    Check(mailbox->Forget(value), "a function is in use that nobody has");
  }
  here.close(here.mailbox);
  here.is_gone = true;
  if (ends_early) {
    for (std::thread& thread : threads) thread.join();
  }
  value->Release();
  loop = nullptr;
}

// Ends an environment while a post with text waits, which is the last to have its function.
void PostedLast() {
  Loop here;
  loop = &here;
  Mailbox* mailbox = Mailbox::Open(Napi::Env(nullptr), Napi::Function(), nullptr);
  rustdll::HeldValue* const value = rustdll::HeldValue::Make(mailbox, 7);
  value->Retain();
  rustdll::Invocation invocation = {};
  invocation.text = "text";
  invocation.bytes = invocation.units = 4;
  Check(rustdll::HostFunctions()->post(value->held(), &invocation, 0) == rustdll::kReturned, "a post failed");
  rustdll::HostFunctions()->release(value->held());
  here.close(here.mailbox);
  here.is_gone = true;
  Check(value->is_unused(), "a post that was dropped has its function");
  value->Release();
  loop = nullptr;
}

}  // namespace

// These environments have no functions of JavaScript.
void rustdll::Background::Close() {}

rustdll::Task* rustdll::Background::WakeAll(Task** last) {
  Task* first = nullptr;
  for (Task* const task : under_way) {
    if (!task->IsWoken()) continue;
    task->next = first;
    if (first == nullptr) *last = task;
    first = task;
  }
  return first;
}

// The functions of Node-API that a mailbox calls.
extern "C" {
napi_status napi_create_string_utf8(napi_env, const char*, size_t, napi_value*) { return napi_ok; }
napi_status napi_create_threadsafe_function(napi_env, napi_value, napi_value, napi_value, size_t, size_t, void*,
                                            napi_finalize, void*, napi_threadsafe_function_call_js,
                                            napi_threadsafe_function* result) {
  *result = reinterpret_cast<napi_threadsafe_function>(loop);
  return napi_ok;
}
napi_status napi_call_threadsafe_function(napi_threadsafe_function wake, void*, napi_threadsafe_function_call_mode) {
  Loop* const rung = reinterpret_cast<Loop*>(wake);
  // The environment may end now, if nothing keeps it from that.
  std::this_thread::yield();
  Check(!rung->is_gone, "an environment was rung that has ended");
  rung->rings++;
  return napi_ok;
}
napi_status napi_ref_threadsafe_function(napi_env, napi_threadsafe_function) { return napi_ok; }
napi_status napi_unref_threadsafe_function(napi_env, napi_threadsafe_function) { return napi_ok; }
napi_status napi_add_env_cleanup_hook(napi_env, void (*close)(void*), void* mailbox) {
  loop->close = close;
  loop->mailbox = mailbox;
  return napi_ok;
}
}

int main() {
  rustdll::pool::SetLimit(3);
  for (int round = 0; round < 10; round++) Posted(round % 2 == 1);
  PostedLast();
  std::thread waker(Wake);
  for (int round = 0; round < 20; round++) {
    std::thread first(Environment, 0, 2000);
    std::thread second(Environment, 1, 2000);
    first.join();
    second.join();
  }
  // Calls that were under way when an environment ended are freed by the threads.
  for (int i = 0; i < 1000 && (rustdll::pool::Look().busy > 0 || owned > 0 || futures > 0); i++) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  wakes = false;
  waker.join();
  Check(owned == 0, "results were kept");
  Check(futures == 0, "futures were kept");
  Check(calls > 20 * 1000, "hardly any calls were made");
  std::printf("threads: %d calls\n", calls.load());
  return 0;
}
