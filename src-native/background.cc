#include "background.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "environment.h"
#include "held.h"
#include "mailbox.h"
#include "pool.h"

namespace rustdll {
namespace {

// The first calls of a turn of the event loop are passed to the pool at once, so that threads start. Later ones are
// passed on in groups that grow with the number of calls, as waking a thread takes far longer than submitting a call.
constexpr uint32_t kAtOnce = 4;
constexpr uint32_t kLeastGroup = 64;
constexpr uint32_t kMostGroup = 1024;

napi_value Number(napi_env env, uint32_t number) {
  napi_value value;
  return napi_create_uint32(env, number, &value) == napi_ok ? value : nullptr;
}

napi_value Boolean(napi_env env, bool is) {
  napi_value value;
  return napi_get_boolean(env, is, &value) == napi_ok ? value : nullptr;
}

napi_value Null(napi_env env) {
  napi_value value;
  return napi_get_null(env, &value) == napi_ok ? value : nullptr;
}

}  // namespace

Background::~Background() {
  if (taken_ != nullptr) taken_->next = nullptr;
  for (size_t id = 0; id < tasks_.size(); id++) {
    if (waiting_[id]) tasks_[id]->Destroy(&memory_);
  }
  for (Task* list : {first_kept_, arrived_, taken_}) {
    while (list != nullptr) {
      Task* const next = list->next;
      list->Destroy(&memory_);
      list = next;
    }
  }
  if (message_ != nullptr) message_->Destroy();
  Close();
  if (mailbox_ != nullptr) mailbox_->Release();
}

void Background::Close() {
  // It is called twice where both the hook and the destructor run, and the second time there is nothing to pass on.
  if (values_.empty()) return;
  // Calls that are still under way may use functions that were lent to them.
  mailbox_->Inherit(std::move(values_));
  values_.clear();
}

Task* Background::WakeAll(Task** last) {
  Task* first = nullptr;
  for (Task* const task : tasks_) {
    if (task == nullptr || !task->IsWoken()) continue;
    task->next = first;
    if (first == nullptr) *last = task;
    first = task;
  }
  return first;
}

template <napi_value (Background::*method)(napi_env, napi_callback_info)>
napi_value Background::Callback(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data);
  // The cast restores what Define passed; an environment outlives its functions, and keeps this.
  return (static_cast<Background*>(data)->*method)(env, info);
}

template <napi_value (Background::*method)(napi_env, napi_callback_info)>
void Background::Define(Napi::Object functions, const char* name, Background* background) {
  Napi::Env env = functions.Env();
  napi_value function;
  const napi_status status = napi_create_function(env, name, NAPI_AUTO_LENGTH, Callback<method>, background, &function);
  NAPI_THROW_IF_FAILED_VOID(env, status);
  functions.Set(name, function);
}

Napi::Value Background::Open(Napi::Env env, Napi::Function drain, Napi::Function dispatch) {
  env_ = env;
  const napi_status status = napi_create_reference(env, dispatch, 1, &dispatch_);
  NAPI_THROW_IF_FAILED(env, status, env.Undefined());
  mailbox_ = Mailbox::Open(env, drain, this);
  if (mailbox_ == nullptr) return env.Undefined();
  mailbox_->Retain();
  Napi::Object functions = Napi::Object::New(env);
  Define<&Background::Submit>(functions, "submit", this);
  Define<&Background::Flush>(functions, "flush", this);
  Define<&Background::Start>(functions, "start", this);
  Define<&Background::Next>(functions, "next", this);
  Define<&Background::Cancel>(functions, "cancel", this);
  Define<&Background::HasNews>(functions, "hasNews", this);
  Define<&Background::TakeProgress>(functions, "progress", this);
  Define<&Background::Hold>(functions, "hold", this);
  Define<&Background::Forget>(functions, "forget", this);
  Define<&Background::Unused>(functions, "unused", this);
  Define<&Background::NextMessage>(functions, "message", this);
  Define<&Background::Words>(functions, "words", this);
  Define<&Background::Reply>(functions, "reply", this);
  Define<&Background::Claim>(functions, "claim", this);
  return functions;
}

napi_value Background::Submit(napi_env env, napi_callback_info info) {
  void* code = nullptr;
  bool framed = false;
  const RingStatus status = environment_->Prepare(env, info, &code, &framed);
  Block* const block = environment_->block();
  if (status != kRung) {
    if (block != nullptr) block->region_count = 0;
    return Number(env, status);
  }
  Task* const task = Task::Make(*block, code, framed, mailbox_, &memory_);
  block->region_count = 0;
  if (task == nullptr) {
    block->object_count = block->waits = 0;
    return Number(env, kNoMemory);
  }
  if (free_.empty()) {
    free_.push_back(static_cast<uint32_t>(tasks_.size()));
    tasks_.push_back(nullptr);
    waiting_.push_back(false);
  }
  task->id = free_.back();
  free_.pop_back();
  tasks_[task->id] = task;
  block->background = task->id;
  Await(task, true);
  const bool waits = (block->waits & kWaits) != 0;
  waiting_[task->id] = waits;
  block->object_count = block->waits = 0;
  if (waits) return nullptr;
  Keep(task);
  if (handed_over_ < kAtOnce || kept_ >= std::clamp(handed_over_, kLeastGroup, kMostGroup)) Publish();
  if (kept_ == 0 || flushes_) return nullptr;
  flushes_ = true;
  return Boolean(env, true);
}

void Background::Keep(Task* task) {
  if (first_kept_ == nullptr) {
    first_kept_ = task;
  } else {
    last_kept_->next = task;
  }
  last_kept_ = task;
  kept_++;
}

napi_value Background::Start(napi_env env, napi_callback_info info) {
  Task* const task = Find(env, info);
  if (task == nullptr || !waiting_[task->id]) return nullptr;
  waiting_[task->id] = false;
  Keep(task);
  Publish();
  return nullptr;
}

void Background::Publish() {
  if (first_kept_ == nullptr) return;
  handed_over_ += kept_;
  Task* const first = first_kept_;
  first_kept_ = nullptr;
  kept_ = 0;
  pool::Publish(first, last_kept_);
}

napi_value Background::Flush(napi_env, napi_callback_info) {
  flushes_ = false;
  Publish();
  handed_over_ = 0;
  return nullptr;
}

void Background::Complete(Task* task) {
  tasks_[task->id] = nullptr;
  free_.push_back(task->id);
  task->Destroy(&memory_);
}

void Background::Await(Task* task, bool on) {
  if (task->is_awaited == on) return;
  task->is_awaited = on;
  awaited_ = on ? awaited_ + 1 : awaited_ - 1;
  Hold();
}

void Background::Hold() {
  const bool holds = awaited_ > 0 || mailbox_->kept() > 0;
  if (holds == holds_) return;
  holds_ = holds;
  mailbox_->Hold(holds);
}

napi_value Background::Next(napi_env env, napi_callback_info) {
  if (taken_ != nullptr) Complete(taken_);
  taken_ = nullptr;
  for (;;) {
    if (arrived_ == nullptr) arrived_ = mailbox_->Take();
    Task* const task = arrived_;
    if (task == nullptr) {
      // Whatever is submitted later is of another turn.
      if (kept_ == 0) handed_over_ = 0;
      Hold();
      return nullptr;
    }
    // What a call has posted comes before its result.
    if (task->callbacks_before > mailbox_->taken_callbacks()) return nullptr;
    arrived_ = task->next;
    Await(task, false);
    if (task->cancelled() && !task->matters()) {
      Complete(task);
      continue;
    }
    taken_ = task;
    Block* const block = environment_->block();
    block->background = task->id;
    // JavaScript waits for the end of a call that uses its objects or functions, even if it is cancelled.
    if (task->cancelled()) return Number(env, kGivenUp);
    if (task->refused()) return Number(env, kNoThread);
    environment_->ReleasePending();
    task->CopyBack();
    task->PutResult(block);
    if (task->framed()) environment_->AdoptObjects();
    const napi_value text = task->framed() ? environment_->TakeText(env) : nullptr;
    return text != nullptr ? text : Null(env);
  }
}

Task* Background::Find(napi_env env, napi_callback_info info) const {
  size_t given = 1;
  napi_value number;
  uint32_t id = 0;
  if (napi_get_cb_info(env, info, &given, &number, nullptr, nullptr) != napi_ok ||
      napi_get_value_uint32(env, number, &id) != napi_ok) {
    return nullptr;
  }
  return id < tasks_.size() ? tasks_[id] : nullptr;
}

napi_value Background::Cancel(napi_env env, napi_callback_info info) {
  Task* const task = Find(env, info);
  if (task == nullptr) return nullptr;
  task->Cancel();
  Await(task, false);
  return nullptr;
}

napi_value Background::HasNews(napi_env env, napi_callback_info) { return Boolean(env, mailbox_->TakeNews()); }

napi_value Background::TakeProgress(napi_env env, napi_callback_info info) {
  Task* const task = Find(env, info);
  Progress progress;
  if (task == nullptr || !task->TakeProgress(&progress)) return nullptr;
  double* const numbers = environment_->block()->registers.floats;
  numbers[0] = static_cast<double>(progress.done);
  numbers[1] = progress.total == kUnknownTotal ? -1 : static_cast<double>(progress.total);
  if (progress.text == nullptr) return Null(env);
  napi_value text = nullptr;
  napi_create_string_utf8(env, progress.text, progress.text_bytes, &text);
  std::free(progress.text);
  return text != nullptr ? text : Null(env);
}

HeldValue* Background::MakeHeld() {
  HeldValue* const value = HeldValue::Make(mailbox_, static_cast<uint32_t>(values_.size()));
  if (value != nullptr) values_.push_back(value);
  return value;
}

napi_value Background::Hold(napi_env env, napi_callback_info) {
  const HeldValue* const value = MakeHeld();
  if (value == nullptr) return Number(env, 0);
  environment_->block()->exchange.held = value->number();
  napi_value address;
  // The cast only makes the address a number.
  const double number = static_cast<double>(reinterpret_cast<uintptr_t>(value->held()));
  return napi_create_double(env, number, &address) == napi_ok ? address : nullptr;
}

napi_value Background::Forget(napi_env env, napi_callback_info info) {
  size_t given = 1;
  napi_value number;
  uint32_t index = 0;
  if (napi_get_cb_info(env, info, &given, &number, nullptr, nullptr) != napi_ok ||
      napi_get_value_uint32(env, number, &index) != napi_ok || index >= values_.size()) {
    return nullptr;
  }
  return Boolean(env, mailbox_->Forget(values_[index]));
}

napi_value Background::Unused(napi_env env, napi_callback_info) {
  HeldValue* const value = mailbox_->TakeUnused();
  if (value != nullptr && value->stray != nullptr) {
    napi_delete_reference(env, value->stray);
    value->stray = nullptr;
  }
  return value != nullptr ? Number(env, value->number()) : nullptr;
}

napi_value Background::NextMessage(napi_env env, napi_callback_info) {
  if (message_ != nullptr) message_->Destroy();
  uint32_t posts = 0;
  message_ = mailbox_->TakeNext(environment_->block()->posts, &posts);
  if (message_ == nullptr) return posts > 0 ? Number(env, posts) : nullptr;
  Message& message = *message_;
  Reference* const objects = message.objects;
  message.objects = nullptr;
  const napi_value text = Announce(env, message.held, message.request, message.words(), message.count, message.text(),
                                   message.bytes, message.units, objects);
  return text != nullptr ? text : Null(env);
}

napi_value Background::Words(napi_env env, napi_callback_info) {
  const size_t bytes = 8 * static_cast<size_t>(environment_->block()->exchange.count);
  void* data = nullptr;
  napi_value buffer;
  if (large_ == nullptr || napi_create_arraybuffer(env, bytes, &data, &buffer) != napi_ok) return nullptr;
  std::memcpy(data, large_, bytes);
  return buffer;
}

napi_value Background::Claim(napi_env env, napi_callback_info info) {
  size_t given = 1;
  napi_value number;
  double address = 0;
  if (napi_get_cb_info(env, info, &given, &number, nullptr, nullptr) != napi_ok ||
      napi_get_value_double(env, number, &address) != napi_ok || address == 0) {
    return nullptr;
  }
  // The cast restores the address that a library has passed on, as an owner of what is there.
  HeldValue* const value = HeldValue::Of(reinterpret_cast<const Held*>(static_cast<uintptr_t>(address)));
  napi_value claimed = nullptr;
  if (value->mailbox() == mailbox_) {
    if (value->stray == nullptr) {
      claimed = Number(env, value->number());
    } else {
      napi_get_reference_value(env, value->stray, &claimed);
    }
  }
  value->Release();
  return claimed;
}

}  // namespace rustdll
