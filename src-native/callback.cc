// The functions of JavaScript that libraries call: a part of Background.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "background.h"
#include "environment.h"
#include "held.h"
#include "mailbox.h"
#include "saved_block.h"

namespace rustdll {
namespace {

// The callbacks of a call whose handles are released together. Each has few of them, of a word.
constexpr uint32_t kCallbacksInScope = 1000;

// Frees the result of a callback, and releases the objects in it, whose references precede it.
void ReleaseResult(Owned* owned) {
  if (owned->ptr == nullptr) return;
  const size_t head = static_cast<size_t>(owned->capacity - owned->bytes);
  uint8_t* const memory = owned->ptr - head;
  // The cast restores what Fill has stored.
  Reference** const objects = reinterpret_cast<Reference**>(memory);
  for (size_t i = 0; i < head / sizeof(Reference*); i++) objects[i]->release(objects[i], nullptr);
  std::free(memory);
  *owned = {};
}

// Allocates a copy with so many bytes before it. Returns false if there is no memory.
bool CopyTo(Owned* owned, size_t head, const void* bytes, size_t count) {
  // The cast is sound: any object may be written as bytes.
  uint8_t* const memory = static_cast<uint8_t*>(std::malloc(head + count));
  if (memory == nullptr) return false;
  if (count > 0) std::memcpy(memory + head, bytes, count);
  *owned = {memory + head, count, head + count, 8};
  return true;
}

}  // namespace

napi_value Background::Announce(napi_env env, const HeldValue* function, uint32_t request, const uint64_t* words,
                                uint64_t count, const char* text, uint64_t bytes, uint64_t units, Reference* objects) {
  Exchange& exchange = environment_->block()->exchange;
  exchange.held = function->number();
  exchange.request = request;
  exchange.count = count;
  large_ = count > kExchangeWords ? words : nullptr;
  if (large_ == nullptr) CopyWords(exchange.small, words, static_cast<size_t>(count));
  if (objects != nullptr) environment_->Adopt(objects);
  napi_value string = nullptr;
  if (bytes > 0) {
    // The cast is sound: any object may be read as bytes.
    string = MakeString(env, reinterpret_cast<const uint8_t*>(text), static_cast<size_t>(bytes), bytes == units);
  }
  return string;
}

uint32_t Background::FillSmall(Invocation* invocation) {
  Exchange& exchange = environment_->block()->exchange;
  // JavaScript has just stored the lower half, and the processor would wait for both stores if they were loaded at
  // once.
  uint32_t count;
  std::memcpy(&count, &exchange.count, sizeof count);
  if (count > invocation->out_room || count > kExchangeWords) {
    exchange.words = exchange.small;
    exchange.bytes = exchange.units = exchange.threw = 0;
    return Fill(invocation);
  }
  CopyWords(invocation->out_words, exchange.small, count);
  invocation->result = count;
  invocation->out = invocation->out_text = {};
  invocation->out_units = 0;
  invocation->release = nullptr;
  invocation->thrown = nullptr;
  return kReturned;
}

uint32_t Background::Fill(Invocation* invocation) {
  Block* const block = environment_->block();
  const Exchange& exchange = block->exchange;
  const size_t objects = block->object_count;
  const size_t words = 8 * static_cast<size_t>(exchange.count);
  const size_t bytes = static_cast<size_t>(exchange.bytes);
  block->object_count = 0;
  invocation->out = invocation->out_text = {};
  invocation->out_units = exchange.units;
  invocation->result = exchange.count;
  invocation->release = nullptr;
  invocation->thrown = nullptr;
  if (objects == 0 && exchange.count <= invocation->out_room) {
    CopyWords(invocation->out_words, exchange.words, static_cast<size_t>(exchange.count));
  } else {
    invocation->release = ReleaseResult;
    const size_t head = sizeof(Reference*) * objects;
    if (!CopyTo(&invocation->out, head, exchange.words, words)) return kNoRoom;
    // The library may read it after JavaScript has given the objects back.
    for (size_t i = 0; i < objects; i++) {
      Reference* const object = block->objects[i];
      object->retain(object);
      std::memcpy(invocation->out.ptr - head + sizeof object * i, &object, sizeof object);
    }
  }
  if (bytes > 0) {
    if (!CopyTo(&invocation->out_text, 0, exchange.text, bytes)) {
      ReleaseResult(&invocation->out);
      return kNoRoom;
    }
    invocation->release = ReleaseResult;
  }
  if (exchange.threw == 0) return kReturned;
  HeldValue* const thrown = values_[exchange.held];
  thrown->Retain();
  invocation->thrown = thrown->held();
  return kThrew;
}

napi_value Background::Reply(napi_env, napi_callback_info) {
  const uint32_t request = environment_->block()->exchange.request;
  if (request == kNow) {
    now_status_ = Fill(now_);
  } else if (request != kPosted) {
    mailbox_->Answer(request, [this](Invocation* invocation) { return Fill(invocation); });
  }
  return nullptr;
}

uint32_t Background::KeepStray(napi_env env, Invocation* invocation) {
  napi_value error;
  bool is_pending = false;
  napi_valuetype type = napi_undefined;
  if (napi_is_exception_pending(env, &is_pending) != napi_ok || !is_pending) return kClosed;
  if (napi_get_and_clear_last_exception(env, &error) != napi_ok || napi_typeof(env, error, &type) != napi_ok ||
      type != napi_object) {
    return kClosed;
  }
  HeldValue* const value = MakeHeld();
  if (value == nullptr || napi_create_reference(env, error, 1, &value->stray) != napi_ok) return kNoRoom;
  // JavaScript learns of its end, and does not use its place again.
  value->is_awaited = true;
  invocation->out = invocation->out_text = {};
  invocation->result = invocation->out_units = 0;
  value->Retain();
  invocation->thrown = value->held();
  return kThrew;
}

bool Background::PrepareScope(CallbackScope* scope) {
  if (scope->owner == this && scope->left > 0) {
    scope->left--;
    return true;
  }
  if (scope->handles != nullptr) napi_close_handle_scope(env_, scope->handles);
  scope->handles = nullptr;
  scope->owner = nullptr;
  if (napi_open_handle_scope(env_, &scope->handles) != napi_ok ||
      napi_get_reference_value(env_, dispatch_, &scope->dispatch) != napi_ok ||
      napi_get_undefined(env_, &scope->undefined) != napi_ok) {
    return false;
  }
  scope->owner = this;
  scope->left = kCallbacksInScope - 1;
  return true;
}

uint32_t Background::CallNow(HeldValue* function, Invocation* invocation) {
  CallbackScope* const shared = environment_->callbacks();
  // The usual case, in which nothing is left to do after the call.
  if (shared != nullptr && shared->is_apart && shared->owner == this && shared->left > 0) {
    shared->left--;
    return Perform(shared, function, invocation);
  }
  return CallSeldom(function, invocation);
}

// Within CallNow its registers would be saved for every callback.
#if defined(__GNUC__) || defined(__clang__)
__attribute__((noinline))
#endif
uint32_t Background::CallSeldom(HeldValue* function, Invocation* invocation) {
  CallbackScope* const shared = environment_->callbacks();
  if (shared != nullptr) return PrepareScope(shared) ? CallIn(shared, function, invocation) : kClosed;
  CallbackScope own{kTexts, kFrameArguments};
  const uint32_t answered = PrepareScope(&own) ? CallIn(&own, function, invocation) : kClosed;
  if (own.handles != nullptr) napi_close_handle_scope(env_, own.handles);
  return answered;
}

uint32_t Background::CallIn(CallbackScope* scope, HeldValue* function, Invocation* invocation) {
  if (scope->is_apart) return Perform(scope, function, invocation);
  const SavedBlock saved(environment_->block(), *scope);
  const bool had_room = environment_->TakeRoom();
  const uint32_t answered = Perform(scope, function, invocation);
  environment_->ReleasePending();
  if (had_room) environment_->GiveRoom();
  return answered;
}

uint32_t Background::Perform(CallbackScope* scope, HeldValue* function, Invocation* invocation) {
  CallbackScope* const shared = environment_->callbacks();
  environment_->set_callbacks(nullptr);
  Invocation* const outer = now_;
  now_ = invocation;
  now_status_ = kNotReplied;

  Reference* const objects = invocation->objects;
  invocation->objects = nullptr;
  const napi_value text = Announce(env_, function, kNow, invocation->words, invocation->count, invocation->text,
                                   invocation->bytes, invocation->units, objects);
  // The scope keeps the string, which may be large.
  if (text != nullptr) scope->left = 0;
  const napi_status status =
      napi_call_function(env_, scope->undefined, scope->dispatch, text != nullptr ? 1 : 0, &text, nullptr);
  if (status != napi_ok) {
    now_status_ = KeepStray(env_, invocation);
  } else if (now_status_ == kNotReplied) {
    now_status_ = FillSmall(invocation);
  }
  const uint32_t answered = now_status_;

  now_ = outer;
  // The outer one has not got its reply, or it would not wait for this one.
  now_status_ = kNotReplied;
  environment_->set_callbacks(shared);
  return answered;
}

}  // namespace rustdll
