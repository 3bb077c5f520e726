#include "mailbox.h"

#include <cstdlib>
#include <new>

#include "task.h"

namespace rustdll {

Mailbox* Mailbox::Open(Napi::Env env, Napi::Function drain) {
  void* memory = std::malloc(sizeof(Mailbox));
  if (memory == nullptr) {
    Napi::RangeError::New(env, "no memory for calls in the background").ThrowAsJavaScriptException();
    return nullptr;
  }
  Mailbox* mailbox = new (memory) Mailbox();
  mailbox->env_ = env;
  const napi_value name = Napi::String::New(env, "rustdll");
  napi_status status = napi_create_threadsafe_function(env, drain, nullptr, name, 0, 1, nullptr, nullptr, mailbox,
                                                       Drain, &mailbox->wake_);
  if (status == napi_ok) {
    napi_unref_threadsafe_function(env, mailbox->wake_);
    // Hooks run in the reverse order of being added, so this one runs before the function above is destroyed.
    status = napi_add_env_cleanup_hook(env, Close, mailbox);
  }
  if (status == napi_ok) return mailbox;
  mailbox->Release();
  Napi::Error::New(env).ThrowAsJavaScriptException();
  return nullptr;
}

void Mailbox::Release() {
  if (owners_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  this->~Mailbox();
  std::free(this);
}

void Mailbox::Deliver(Task* task) {
  {
    Guard guard(mutex_);
    if (!IsClosed()) {
      task->next = arrived_;
      arrived_ = task;
      // Only the thread that found the list empty wakes JavaScript.
      if (task->next == nullptr) Ring();
      return;
    }
  }
  task->Destroy();
}

void Mailbox::Notify() {
  Guard guard(mutex_);
  if (IsClosed() || has_news_) return;
  has_news_ = true;
  Ring();
}

bool Mailbox::TakeNews() {
  Guard guard(mutex_);
  const bool had_news = has_news_;
  has_news_ = false;
  return had_news;
}

void Mailbox::Ring() { napi_call_threadsafe_function(wake_, nullptr, napi_tsfn_nonblocking); }

Task* Mailbox::Take() {
  Task* newest;
  {
    Guard guard(mutex_);
    newest = arrived_;
    arrived_ = nullptr;
  }
  Task* oldest = nullptr;
  while (newest != nullptr) {
    Task* const older = newest->next;
    newest->next = oldest;
    oldest = newest;
    newest = older;
  }
  return oldest;
}

void Mailbox::Hold(bool on) {
  if (on) {
    napi_ref_threadsafe_function(env_, wake_);
  } else {
    napi_unref_threadsafe_function(env_, wake_);
  }
}

void Mailbox::Drain(napi_env env, napi_value drain, void* mailbox, void*) {
  // `env` is null while the function is being destroyed.
  if (env == nullptr || static_cast<Mailbox*>(mailbox)->IsClosed()) return;
  napi_value undefined;
  if (napi_get_undefined(env, &undefined) == napi_ok) {
    napi_call_function(env, undefined, drain, 0, nullptr, nullptr);
  }
}

void Mailbox::Close(void* data) {
  // The cast restores what Open passed.
  Mailbox* const mailbox = static_cast<Mailbox*>(data);
  {
    Guard guard(mailbox->mutex_);
    mailbox->closed_.store(true, std::memory_order_relaxed);
  }
  for (Task* task = mailbox->Take(); task != nullptr;) {
    Task* const next = task->next;
    task->Destroy();
    task = next;
  }
  mailbox->Release();
}

}  // namespace rustdll
