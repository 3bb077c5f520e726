// Calls in the background, as an object of JavaScript.
#pragma once

#include <napi.h>

#include <cstdint>
#include <vector>

namespace rustdll {

class Environment;
class Mailbox;
class Task;

// `new Background(drain)` is what a copy of the package makes calls in the background with; `drain` is called when some
// have been made. `submit(...texts)` takes the call that is in the block, as a ring would, and leaves its number in the
// block; it returns undefined, or a RingStatus if the call cannot be made. `flush()` hands over what `submit` has kept
// back. `next()` leaves the result of a call that has been made in the block, and its number: it returns its text, null
// if it has none, a RingStatus if it could not be made, and undefined if there is no such call. `cancel(number)`
// forgets a call: it is not made if it has not begun. `hold(on)` says if the
// process is to stay alive for calls.
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
  void Hold(const Napi::CallbackInfo& info);
  void Publish();

  Environment* const environment_;
  Mailbox* mailbox_ = nullptr;
  // The calls by their numbers; null where a number is free.
  std::vector<Task*> tasks_;
  std::vector<uint32_t> free_;
  // Submitted and kept back, so that a thousand calls of one turn are not a thousand wakings of threads.
  Task* first_kept_ = nullptr;
  Task* last_kept_ = nullptr;
  uint32_t kept_ = 0;
  // How many calls have been handed over since the last flush.
  uint32_t handed_over_ = 0;
  // Made, and not yet asked for.
  Task* arrived_ = nullptr;
};

}  // namespace rustdll
