// The references of an environment to objects of libraries.
#pragma once

#include <napi.h>

#include "abi.h"

namespace rustdll {

class Objects {
 public:
  explicit Objects(napi_env env) : env_(env) {}
  Objects(const Objects&) = delete;
  Objects& operator=(const Objects&) = delete;
  ~Objects();

  // Takes the references of a result, which are linked by `next`.
  void Adopt(Reference* first);

  // Gives one of them back. Returns the status of the object's destructor.
  uint32_t Release(Reference* reference, Frame* frame);

  // Gives back references that no environment has adopted.
  static void Discard(Reference* first) {
    while (first != nullptr) {
      Reference* const next = first->next;
      first->release(first, nullptr);
      first = next;
    }
  }

 private:
  static void AtEnd(void* objects);
  void ReleaseAll();

  const napi_env env_;
  // True while the environment is to release them at its end. No runtime runs all finalizers then, and Deno does not
  // even delete the instance data.
  bool has_hook_ = false;
  // The newest one.
  Reference* first_ = nullptr;
};

}  // namespace rustdll
