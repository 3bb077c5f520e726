#include "background.h"

#include <cstdlib>

#include "environment.h"
#include "mailbox.h"
#include "pool.h"
#include "task.h"

namespace rustdll {
namespace {

// The first calls of a turn of the event loop are passed to the pool at once, so that threads start; later ones in
// groups, as waking a thread takes far longer than submitting a call.
constexpr uint32_t kAtOnce = 4;
constexpr uint32_t kGroup = 64;

}  // namespace

Napi::Function Background::Define(Napi::Env env) {
  return DefineClass(
      env, "Background",
      {InstanceMethod<&Background::Submit>("submit"), InstanceMethod<&Background::Flush>("flush"),
       InstanceMethod<&Background::Next>("next"), InstanceMethod<&Background::Cancel>("cancel"),
       InstanceMethod<&Background::HasNews>("hasNews"), InstanceMethod<&Background::TakeProgress>("progress"),
       InstanceMethod<&Background::Hold>("hold")});
}

Background::Background(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<Background>(info), environment_(info.Env().GetInstanceData<Environment>()) {
  if (info.Length() != 1 || !info[0].IsFunction()) {
    Napi::TypeError::New(info.Env(), "Background: expected a function").ThrowAsJavaScriptException();
    return;
  }
  mailbox_ = Mailbox::Open(info.Env(), info[0].As<Napi::Function>());
  if (mailbox_ != nullptr) mailbox_->Retain();
}

Background::~Background() {
  if (taken_ != nullptr) taken_->next = nullptr;
  for (Task* list : {first_kept_, arrived_, taken_}) {
    while (list != nullptr) {
      Task* const next = list->next;
      list->Destroy();
      list = next;
    }
  }
  if (mailbox_ != nullptr) mailbox_->Release();
}

Napi::Value Background::Submit(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  void* code = nullptr;
  bool framed = false;
  // The conversion yields the callback's own handle, from which Prepare reads the strings.
  RingStatus status = environment_->Prepare(env, static_cast<napi_callback_info>(info), &code, &framed);
  if (status == kRung) {
    Task* const task = Task::Make(*environment_->block(), code, framed, mailbox_);
    if (task != nullptr) {
      if (free_.empty()) {
        free_.push_back(static_cast<uint32_t>(tasks_.size()));
        tasks_.push_back(nullptr);
      }
      task->id = free_.back();
      free_.pop_back();
      tasks_[task->id] = task;
      environment_->block()->background = task->id;
      if (first_kept_ == nullptr) {
        first_kept_ = task;
      } else {
        last_kept_->next = task;
      }
      last_kept_ = task;
      kept_++;
      if (handed_over_ < kAtOnce || kept_ == kGroup) Publish();
      return env.Undefined();
    }
    status = kNoMemory;
  }
  return Napi::Number::New(env, status);
}

void Background::Publish() {
  if (first_kept_ == nullptr) return;
  handed_over_ += kept_;
  Task* const first = first_kept_;
  first_kept_ = nullptr;
  kept_ = 0;
  pool::Publish(first, last_kept_);
}

void Background::Flush(const Napi::CallbackInfo&) {
  Publish();
  handed_over_ = 0;
}

void Background::Forget(Task* task) {
  tasks_[task->id] = nullptr;
  free_.push_back(task->id);
  task->Destroy();
}

Napi::Value Background::Next(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (taken_ != nullptr) Forget(taken_);
  taken_ = nullptr;
  for (;;) {
    if (arrived_ == nullptr) arrived_ = mailbox_->Take();
    Task* const task = arrived_;
    if (task == nullptr) return env.Undefined();
    arrived_ = task->next;
    if (task->cancelled()) {
      Forget(task);
      continue;
    }
    taken_ = task;
    Block* const block = environment_->block();
    block->background = task->id;
    if (task->refused()) return Napi::Number::New(env, kNoThread);
    environment_->ReleasePending();
    task->CopyBack();
    task->PutResult(block);
    const napi_value text = task->framed() ? environment_->TakeText(env) : nullptr;
    return text != nullptr ? Napi::Value(env, text) : env.Null();
  }
}

Task* Background::Find(const Napi::CallbackInfo& info) const {
  const uint32_t id = info[0].As<Napi::Number>().Uint32Value();
  return id < tasks_.size() ? tasks_[id] : nullptr;
}

void Background::Cancel(const Napi::CallbackInfo& info) {
  Task* const task = Find(info);
  if (task != nullptr) task->Cancel();
}

Napi::Value Background::HasNews(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), mailbox_->TakeNews());
}

Napi::Value Background::TakeProgress(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  Task* const task = Find(info);
  Progress progress;
  if (task == nullptr || !task->TakeProgress(&progress)) return env.Undefined();
  Napi::Array news = Napi::Array::New(env, 3);
  news[0U] = Napi::Number::New(env, static_cast<double>(progress.done));
  news[1U] = progress.total == kUnknownTotal ? env.Null() : Napi::Number::New(env, static_cast<double>(progress.total));
  news[2U] = progress.text == nullptr ? env.Null() : Napi::String::New(env, progress.text, progress.text_bytes);
  std::free(progress.text);
  return news;
}

void Background::Hold(const Napi::CallbackInfo& info) { mailbox_->Hold(info[0].As<Napi::Boolean>()); }

}  // namespace rustdll
