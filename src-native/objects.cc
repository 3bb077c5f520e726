#include "objects.h"

namespace rustdll {

Objects::~Objects() {
  ReleaseAll(this);
  if (has_hook_) napi_remove_env_cleanup_hook(env_, ReleaseAll, this);
}

void Objects::Adopt(Reference* first) {
  if (!has_hook_) has_hook_ = napi_add_env_cleanup_hook(env_, ReleaseAll, this) == napi_ok;
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

void Objects::ReleaseAll(void* data) {
  // The cast restores what Adopt passed.
  Objects* const objects = static_cast<Objects*>(data);
  Reference* const first = objects->first_;
  objects->first_ = nullptr;
  Discard(first);
}

}  // namespace rustdll
