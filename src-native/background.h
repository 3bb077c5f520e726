// Calls in the background, as functions of JavaScript.
#pragma once

#include <napi.h>

#include <cstdint>
#include <vector>

#include "task.h"

namespace rustdll {

class Environment;
class HeldValue;
struct CallbackScope;
class Mailbox;
struct Message;

// A copy of the package makes its calls in the background with the functions that `background(drain)` returns; `drain`
// is called when calls are complete. `submit(...texts)` takes the call that is in the block, as the doorbell would, and
// stores its number in the block; it returns undefined, true if `flush()` has to be called before the turn of the event
// loop ends, or a RingStatus if the call cannot be made. `flush()` passes on the calls that `submit` has kept back.
// `start(number)` passes on a call that was submitted while the block's
// `waits` was not 0. `next()` stores the result and the number of a complete call in the block: it returns the text of
// the result, null if it has none, a RingStatus if the call could not be made, and undefined if no call is complete.
// `cancel(number)` drops a call, which is not made if it has not begun. `hasNews()` returns true, once, if a call has
// reported progress. `progress(number)` returns undefined if a call has reported none since it was asked last;
// otherwise the text that it has reported or null, and it stores what is done and the total in the block's first float
// registers, a total below 0 if nobody knows it. The call is under way, or the one that `next` returned last. Calls
// that are neither complete nor cancelled keep the process alive.
//
// Libraries call functions of JavaScript through these: `hold()` makes room for a value and returns its address, and
// its number in the block's exchange. `forget(number)` tells that JavaScript does not need a value any more; it returns
// true if no library has it. `unused()` returns the number of a value of which that has become true, or undefined.
// `message()` stores a callback of another thread in the exchange: it returns the text of its arguments, null if there
// is none, undefined if there is no callback, and the number of those in the block's posts if there are some.
// `dispatch(text)`, which is passed to `background`, is called for a callback on this thread: unless it calls `reply`,
// the result is in the exchange's small words. `words()` returns the arguments as an ArrayBuffer if there are more
// words than the small ones. `reply()` passes on the result, whose stream the exchange describes. `claim(address)`
// takes a value back that a library gives away, and returns its number, or the value itself if it is an error that no
// function of JavaScript has caught; undefined if another environment has it.
class Background {
  // No CallbackStatus.
  static constexpr uint32_t kNotReplied = UINT32_MAX;

 public:
  explicit Background(Environment* environment) : environment_(environment) {}
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  // Makes the functions, as an object. They refer to this, which the environment keeps until it ends.
  Napi::Value Open(Napi::Env env, Napi::Function drain, Napi::Function dispatch);

  // Gives up all values that libraries may have, as the environment ends.
  void Close();

  // Wakes the calls whose futures wait, as the environment ends. Returns them as a list, whose last one is stored; the
  // caller has to queue them, and has the mutex of the mailbox.
  Task* WakeAll(Task** last);

  // Lets calls and callbacks keep the process alive, or no more.
  void Hold();

  // Calls a function on the thread of the environment, as the host's function `call`.
  uint32_t CallNow(HeldValue* function, Invocation* invocation);

 private:
  napi_value Submit(napi_env env, napi_callback_info info);
  napi_value Flush(napi_env env, napi_callback_info info);
  napi_value Start(napi_env env, napi_callback_info info);
  napi_value Next(napi_env env, napi_callback_info info);
  napi_value Cancel(napi_env env, napi_callback_info info);
  napi_value HasNews(napi_env env, napi_callback_info info);
  napi_value TakeProgress(napi_env env, napi_callback_info info);
  napi_value Hold(napi_env env, napi_callback_info info);
  napi_value Forget(napi_env env, napi_callback_info info);
  napi_value Unused(napi_env env, napi_callback_info info);
  napi_value NextMessage(napi_env env, napi_callback_info info);
  napi_value Words(napi_env env, napi_callback_info info);
  napi_value Reply(napi_env env, napi_callback_info info);
  napi_value Claim(napi_env env, napi_callback_info info);

  // The callback of a function, which calls one of these methods.
  template <napi_value (Background::*method)(napi_env, napi_callback_info)>
  static napi_value Callback(napi_env env, napi_callback_info info);
  template <napi_value (Background::*method)(napi_env, napi_callback_info)>
  static void Define(Napi::Object functions, const char* name, Background* background);

  // Keeps a call back for the next Publish.
  void Keep(Task* task);
  void Publish();
  void Complete(Task* task);
  // Sets whether a call keeps the process alive.
  void Await(Task* task, bool on);
  // Stores a callback in the exchange. Returns its text, or null.
  napi_value Announce(napi_env env, const HeldValue* function, uint32_t request, const uint64_t* words, uint64_t count,
                      const char* text, uint64_t bytes, uint64_t units, Reference* objects);
  // Makes the scope ready for one more callback. Returns false if Node-API refuses.
  bool PrepareScope(CallbackScope* scope);
  // Calls a function in a scope that is not ready yet, or in which the block has to be saved.
  uint32_t CallSeldom(HeldValue* function, Invocation* invocation);
  // Calls a function in a scope.
  uint32_t CallIn(CallbackScope* scope, HeldValue* function, Invocation* invocation);
  // Does the same, when nothing is left in the block that the caller needs.
  uint32_t Perform(CallbackScope* scope, HeldValue* function, Invocation* invocation);
  // Copies the result that the exchange describes. Returns a CallbackStatus.
  uint32_t Fill(Invocation* invocation);
  // Copies the result that the small words of the exchange have, of which only the number is stored.
  uint32_t FillSmall(Invocation* invocation);
  // Keeps an exception that no function of JavaScript has caught. Returns a CallbackStatus.
  uint32_t KeepStray(napi_env env, Invocation* invocation);
  HeldValue* MakeHeld();
  // The call whose number is the first argument; null if there is none.
  Task* Find(napi_env env, napi_callback_info info) const;

  Environment* const environment_;
  Mailbox* mailbox_ = nullptr;
  TaskMemory memory_;
  // The calls by their numbers; null for a free number.
  std::vector<Task*> tasks_;
  // For each number, whether its call waits until Background::Start. No thread has such a call, so it still exists.
  std::vector<bool> waiting_;
  std::vector<uint32_t> free_;
  // The number of calls that keep the process alive.
  size_t awaited_ = 0;
  // True if the mailbox keeps the process alive.
  bool holds_ = false;
  napi_env env_ = nullptr;
  napi_ref dispatch_ = nullptr;
  // The values that libraries may have, by their numbers.
  std::vector<HeldValue*> values_;
  // The callback that JavaScript has asked for last, and its arguments if they do not fit the exchange.
  Message* message_ = nullptr;
  const uint64_t* large_ = nullptr;
  // The callback that is called on this thread.
  Invocation* now_ = nullptr;
  // Its CallbackStatus, once JavaScript has replied; until then the result is what the exchange's small words have.
  uint32_t now_status_ = kNotReplied;
  // The calls that are submitted and kept back, so that a thousand calls of one turn do not wake threads a thousand
  // times.
  Task* first_kept_ = nullptr;
  Task* last_kept_ = nullptr;
  uint32_t kept_ = 0;
  // True if JavaScript was told to call `flush`, and has not done so.
  bool flushes_ = false;
  // The number of calls that were passed to the pool in this turn of the event loop.
  uint32_t handed_over_ = 0;
  // The complete calls that `next` has not yet returned.
  Task* arrived_ = nullptr;
  // The one that was asked for last; it keeps its number until the next is asked for.
  Task* taken_ = nullptr;
};

}  // namespace rustdll
