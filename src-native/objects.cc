#include "objects.h"

#include <algorithm>

namespace rustdll {
namespace {

// No more than that is told of one object, so that neither a change nor its negative overflows.
constexpr uint64_t kMostMemory = uint64_t{1} << 48;

// Tells the collector that JavaScript keeps so much more memory alive, or less. What it does not know of does not make
// it collect, and objects in JavaScript are small.
void Tell(napi_env env, uint64_t memory, int64_t sign) {
  int64_t total;
  napi_adjust_external_memory(env, sign * static_cast<int64_t>(std::min(memory, kMostMemory)), &total);
}

}  // namespace

Objects::~Objects() {
  ReleaseAll();
  // Deno ends the process if a hook is removed that has run.
  if (has_hook_) napi_remove_env_cleanup_hook(env_, AtEnd, this);
}

void Objects::Adopt(Reference* first) {
  if (!has_hook_) has_hook_ = napi_add_env_cleanup_hook(env_, AtEnd, this) == napi_ok;
  Reference* last = first;
  last->previous = nullptr;
  for (;; last = last->next) {
    if (last->memory != 0) Tell(env_, last->memory, 1);
    if (last->next == nullptr) break;
    last->next->previous = last;
  }
  last->next = first_;
  if (first_ != nullptr) first_->previous = last;
  first_ = first;
}

uint32_t Objects::Release(Reference* reference, Frame* frame) {
  if (reference->previous != nullptr) {
    reference->previous->next = reference->next;
  } else {
    first_ = reference->next;
  }
  if (reference->next != nullptr) reference->next->previous = reference->previous;
  if (reference->memory != 0) Tell(env_, reference->memory, -1);
  return reference->release(reference, frame);
}

void Objects::AtEnd(void* data) {
  // The cast restores what Adopt passed.
  Objects* const objects = static_cast<Objects*>(data);
  objects->has_hook_ = false;
  objects->ReleaseAll();
}

void Objects::ReleaseAll() {
  Reference* const first = first_;
  first_ = nullptr;
  Discard(first);
}

}  // namespace rustdll
