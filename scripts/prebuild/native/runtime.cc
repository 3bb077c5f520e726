// What the addon takes from the C++ library, for code without exceptions. The library's own build of it throws, and
// would bring the unwinder and the demangler with it, which are four times the size of the addon. If the addon comes to
// need more of the library, the checks of the prebuilt addons say what.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>

namespace {

[[noreturn]] void Die(const char* reason) {
  std::fprintf(stderr, "rustdll: %s\n", reason);
  std::abort();
}

void* Allocate(size_t size) {
  void* memory = std::malloc(size != 0 ? size : 1);
  if (memory == nullptr) Die("out of memory");
  return memory;
}

}  // namespace

void* operator new(size_t size) { return Allocate(size); }
void* operator new[](size_t size) { return Allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }

// What stands in a table of virtual functions where there is no function.
extern "C" [[noreturn]] void __cxa_pure_virtual() { Die("a pure virtual function was called"); }

// The members that the library's headers declare and do not define.
template class std::basic_string<char>;
template class std::basic_string<wchar_t>;

_LIBCPP_BEGIN_NAMESPACE_STD

string to_string(unsigned long value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%lu", value);
  return digits;
}

// Where code with exceptions would throw: a string or a vector that is too long.
[[noreturn]] void __libcpp_verbose_abort(const char*, ...) noexcept { Die("a failed check of the C++ library"); }

__shared_count::~__shared_count() {}
__shared_weak_count::~__shared_weak_count() {}
const void* __shared_weak_count::__get_deleter(const type_info&) const noexcept { return nullptr; }
// The count starts at 0 for one owner.
void __shared_weak_count::__release_weak() noexcept {
  if (__libcpp_atomic_refcount_decrement(__shared_weak_owners_) == -1) __on_zero_shared_weak();
}

_LIBCPP_END_NAMESPACE_STD
