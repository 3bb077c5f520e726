// Calls in the background, as a JavaScript object.
#pragma once

#include <napi.h>

#include <cstdint>
#include <vector>

namespace rustdll {

class Environment;
class Mailbox;
class Task;

// A copy of the package makes its calls in the background through `new Background(drain)`; `drain` is called when calls
// are complete. `submit(...texts)` takes the call that is in the block, as the doorbell would, and stores its number in
// the block; it returns undefined, or a RingStatus if the call cannot be made. `flush()` passes on the calls that
// `submit` has kept back. `next()` stores the result and the number of a complete call in the block: it returns the
// text of the result, null if it has none, a RingStatus if the call could not be made, and undefined if no call is
// complete. `cancel(number)` drops a call, which is not made if it has not begun. `hasNews()` returns true, once,
// if a call has reported progress, and `progress(number)` returns what a call has reported since it was asked last, or
// undefined: [done, total or null, text or null]. The call is under way, or the one that `next` returned last.
// `hold(on)` sets whether calls keep the process alive.
class Background : public Napi::ObjectWrap<Background> {
 public:
  static Napi::Function Define(Napi::Env env);

  explicit Background(const Napi::CallbackInfo& info);
  ~Background() override;

 private:
  Napi::Value Submit(const Napi::CallbackInfo& info);
  void Flush(const Napi::CallbackInfo& info);
  Napi::Value Next(const Napi::CallbackInfo& info);
  void Cancel(const Napi::CallbackInfo& info);
  Napi::Value HasNews(const Napi::CallbackInfo& info);
  Napi::Value TakeProgress(const Napi::CallbackInfo& info);
  void Hold(const Napi::CallbackInfo& info);
  void Publish();
  void Forget(Task* task);
  // The call whose number is the first argument; null if there is none.
  Task* Find(const Napi::CallbackInfo& info) const;

  Environment* const environment_;
  Mailbox* mailbox_ = nullptr;
  // The calls by their numbers; null for a free number.
  std::vector<Task*> tasks_;
  std::vector<uint32_t> free_;
  // The calls that are submitted and kept back, so that a thousand calls of one turn do not wake threads a thousand
  // times.
  Task* first_kept_ = nullptr;
  Task* last_kept_ = nullptr;
  uint32_t kept_ = 0;
  // The number of calls that were passed to the pool since the last flush.
  uint32_t handed_over_ = 0;
  // The complete calls that `next` has not yet returned.
  Task* arrived_ = nullptr;
  // The one that was asked for last; it keeps its number until the next is asked for.
  Task* taken_ = nullptr;
};

}  // namespace rustdll
