#include <dlfcn.h>

#include <atomic>
#include <cstdint>

#include "binding.h"
#include "loader.h"

namespace rustdll::loader {

void* Open(const std::string& path, std::string* error) {
  // RTLD_NOW makes a missing symbol an error here instead of a crash in the middle of a call. RTLD_LOCAL lets two
  // libraries export the same names.
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* text = dlerror();
    *error = text != nullptr ? text : "unknown error";
    return nullptr;
  }
  binding::Mend(library);
  return library;
}

void* OpenNewer(const std::string& path, std::string* error) {
  // The loader compares the spellings of the paths first, and then the files. A spelling that it does not know names
  // the same file in the same folder, where the library may look for others. Each bit of the number of spellings adds
  // `/.` or `/`.
  static std::atomic<uint32_t> spellings{0};
  const size_t name = path.rfind('/');
  std::string spelling = path.substr(0, name);
  for (uint32_t bits = ++spellings; bits != 0; bits >>= 1) spelling += (bits & 1) != 0 ? "/." : "/";
  return Open(spelling + path.substr(name), error);
}

void* Symbol(void* library, const std::string& name) { return dlsym(library, name.c_str()); }

void PinSelf() {
  Dl_info info;
  // The cast gives dladdr an address inside of this module; nothing is read through it.
  if (dladdr(reinterpret_cast<void*>(&PinSelf), &info) != 0 && info.dli_fname != nullptr) {
    dlopen(info.dli_fname, RTLD_NOW | RTLD_NODELETE);
  }
}

}  // namespace rustdll::loader
