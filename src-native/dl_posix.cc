#include <dlfcn.h>

#include "dl.h"

namespace rustdll::dl {

void* Open(const std::string& path, std::string* error) {
  // NOW: a missing symbol is an error here, not a crash in the middle of a call. LOCAL: two libraries may export the
  // same names.
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* text = dlerror();
    *error = text != nullptr ? text : "unknown error";
  }
  return library;
}

void* Symbol(void* library, const std::string& name) { return dlsym(library, name.c_str()); }

void PinSelf() {
  Dl_info info;
  // The cast only asks where this function lies; nothing is read through it.
  if (dladdr(reinterpret_cast<void*>(&PinSelf), &info) != 0 && info.dli_fname != nullptr) {
    dlopen(info.dli_fname, RTLD_NOW | RTLD_NODELETE);
  }
}

}  // namespace rustdll::dl
