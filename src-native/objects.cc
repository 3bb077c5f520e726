#include "objects.h"

namespace rustdll {

Objects::~Objects() {
  ReleaseAll();
  // Deno ends the process if a hook is removed that has run.
  if (has_hook_) napi_remove_env_cleanup_hook(env_, AtEnd, this);
}

void Objects::Adopt(Reference* first) {
  if (!has_hook_) has_hook_ = napi_add_env_cleanup_hook(env_, AtEnd, this) == napi_ok;
  Reference* last = first;
  last->previous = nullptr;
  for (; last->next != nullptr; last = last->next) last->next->previous = last;
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
