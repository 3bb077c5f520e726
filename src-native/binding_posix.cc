#include "binding.h"

// Linux: the loader looks a name up in the program first, then in what the program needs, and in the library itself
// last. Node exports some thousand functions (zlib's, OpenSSL's, libuv's) and the C library some more, so a library
// that defines `crc32` or `index` and calls it would call another's. RTLD_DEEPBIND reverses the order, but musl does
// not have it, AddressSanitizer refuses it, and it separates a library from a replaced allocator. So the library's
// relocations are processed once more: where one names a symbol that the library defines, the library's own definition
// is stored.
//
// macOS binds a library to itself by its two-level namespace, and Windows always does.
#if defined(__linux__)

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace rustdll::binding {

namespace {

// Waits until there is room after a write to standard output or standard error failed for lack of it, and returns true
// if the write should be tried again. libuv makes a pipe non-blocking for every writer, and Rust's `println!` panics if
// a write would block.
bool AwaitRoom(int fd) {
  if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
  if (fd != STDOUT_FILENO && fd != STDERR_FILENO) return false;
  pollfd room = {fd, POLLOUT, 0};
  int ready;
  do {
    ready = poll(&room, 1, -1);
  } while (ready < 0 && errno == EINTR);
  if (ready < 0) errno = EAGAIN;
  return ready > 0;
}

ssize_t Write(int fd, const void* data, size_t size) {
  ssize_t written;
  do {
    written = write(fd, data, size);
  } while (written < 0 && AwaitRoom(fd));
  return written;
}

ssize_t WriteVector(int fd, const iovec* parts, int count) {
  ssize_t written;
  do {
    written = writev(fd, parts, count);
  } while (written < 0 && AwaitRoom(fd));
  return written;
}

// True for the functions of an allocator. They depend on each other and on the C library, so a library's uses of them
// stay bound as the loader bound them.
bool IsAllocator(const char* name) {
  static const char* const kNames[] = {
      "malloc",        "free",   "calloc",  "realloc",        "reallocarray",       "memalign",
      "aligned_alloc", "valloc", "pvalloc", "posix_memalign", "malloc_usable_size", "cfree"};
  for (const char* other : kNames) {
    if (std::strcmp(name, other) == 0) return true;
  }
  // C++'s operators new and delete.
  return std::strncmp(name, "_Znw", 4) == 0 || std::strncmp(name, "_Zna", 4) == 0 ||
         std::strncmp(name, "_Zdl", 4) == 0 || std::strncmp(name, "_Zda", 4) == 0;
}

// True if the loader stores exactly the symbol's address for a relocation of this type.
bool StoresAddress(uint64_t type) {
#if defined(__x86_64__)
  return type == R_X86_64_JUMP_SLOT || type == R_X86_64_GLOB_DAT || type == R_X86_64_64;
#else
  return type == R_AARCH64_JUMP_SLOT || type == R_AARCH64_GLOB_DAT || type == R_AARCH64_ABS64;
#endif
}

// Loads an address that the loader stored. In a library that is instrumented by AddressSanitizer it may be in a
// redzone, so these two functions are not instrumented.
__attribute__((no_sanitize("address"))) uintptr_t Load(const uintptr_t* place) { return *place; }

// Stores atomically, since a thread that a constructor of the library started may be reading the address.
__attribute__((no_sanitize("address"))) void Store(uintptr_t* place, uintptr_t address) {
  __atomic_store_n(place, address, __ATOMIC_RELEASE);
}

// A place in the library's memory, and the address to store there.
struct Slot {
  uintptr_t* place;
  uintptr_t address;
};

// A mapped library: the tables through which its relocations are found.
class Image {
 public:
  explicit Image(const link_map* map) : base_(map->l_addr) {
    for (const ElfW(Dyn)* entry = map->l_ld; entry->d_tag != DT_NULL; entry++) {
      switch (entry->d_tag) {
        case DT_SYMTAB:
          symbols_ = At<ElfW(Sym)>(entry->d_un.d_ptr);
          break;
        case DT_STRTAB:
          names_ = At<char>(entry->d_un.d_ptr);
          break;
        case DT_RELA:
          relocations_ = At<ElfW(Rela)>(entry->d_un.d_ptr);
          break;
        case DT_RELASZ:
          relocation_bytes_ = entry->d_un.d_val;
          break;
        case DT_JMPREL:
          jumps_ = At<ElfW(Rela)>(entry->d_un.d_ptr);
          break;
        case DT_PLTRELSZ:
          jump_bytes_ = entry->d_un.d_val;
          break;
        default:
          break;
      }
    }
  }

  // Returns the slots that have another address than that of the library's own definition.
  std::vector<Slot> Wrong() const {
    std::vector<Slot> wrong;
    if (symbols_ == nullptr || names_ == nullptr) return wrong;
    Add(relocations_, relocation_bytes_, &wrong);
    Add(jumps_, jump_bytes_, &wrong);
    return wrong;
  }

 private:
  // The cast relies on these: the linker put an array of T at this address of the file, and the loader mapped it. glibc
  // has added the base to some of these addresses already, musl to none; an address of the file is below any base.
  template <typename T>
  const T* At(ElfW(Addr) address) const {
    return reinterpret_cast<const T*>(address < base_ ? base_ + address : address);
  }

  void Add(const ElfW(Rela) * list, size_t bytes, std::vector<Slot>* wrong) const {
    if (list == nullptr) return;
    for (size_t k = 0; k < bytes / sizeof *list; k++) {
      if (!StoresAddress(ELF64_R_TYPE(list[k].r_info)) || ELF64_R_SYM(list[k].r_info) == 0) continue;
      const uintptr_t address = AddressOf(symbols_[ELF64_R_SYM(list[k].r_info)]);
      if (address == 0) continue;
      // The cast is sound, as the loader has stored an address at this place.
      uintptr_t* place = reinterpret_cast<uintptr_t*>(base_ + list[k].r_offset);
      const uintptr_t right = address + static_cast<uintptr_t>(list[k].r_addend);
      if (Load(place) != right) wrong->push_back({place, right});
    }
  }

  // Returns the address to which the library's uses of a symbol are bound, or 0 to keep what the loader found. Symbols
  // that are not global are bound to the library already, or are weak: all libraries share one, as with C++'s inline
  // functions.
  uintptr_t AddressOf(const ElfW(Sym) & symbol) const {
    const char* name = names_ + symbol.st_name;
    if (symbol.st_shndx == SHN_UNDEF) {
      if (std::strcmp(name, "write") == 0) return reinterpret_cast<uintptr_t>(&Write);
      if (std::strcmp(name, "writev") == 0) return reinterpret_cast<uintptr_t>(&WriteVector);
      return 0;
    }
    const unsigned type = ELF64_ST_TYPE(symbol.st_info);
    if (ELF64_ST_BIND(symbol.st_info) != STB_GLOBAL || (type != STT_FUNC && type != STT_OBJECT)) return 0;
    if (symbol.st_shndx == SHN_ABS || IsAllocator(name)) return 0;
    return base_ + symbol.st_value;
  }

  const uintptr_t base_;
  const ElfW(Sym) * symbols_ = nullptr;
  const char* names_ = nullptr;
  const ElfW(Rela) * relocations_ = nullptr;
  size_t relocation_bytes_ = 0;
  const ElfW(Rela) * jumps_ = nullptr;
  size_t jump_bytes_ = 0;
};

// The pages of a library that the loader made read-only after binding it.
struct Pages {
  uintptr_t base;
  uintptr_t begin = 0;
  uintptr_t end = 0;
};

Pages ReadOnlyPages(uintptr_t base) {
  Pages pages = {base};
  dl_iterate_phdr(
      [](dl_phdr_info* info, size_t, void* data) {
        Pages* found = static_cast<Pages*>(data);
        if (info->dlpi_addr != found->base) return 0;
        // The loader rounds in the same way.
        const uintptr_t page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
        for (int k = 0; k < info->dlpi_phnum; k++) {
          const ElfW(Phdr) & part = info->dlpi_phdr[k];
          if (part.p_type != PT_GNU_RELRO) continue;
          found->begin = (found->base + part.p_vaddr) & ~(page - 1);
          found->end = (found->base + part.p_vaddr + part.p_memsz) & ~(page - 1);
        }
        return 1;
      },
      &pages);
  return pages;
}

}  // namespace

void Mend(void* library) {
  link_map* map = nullptr;
  if (dlinfo(library, RTLD_DI_LINKMAP, &map) != 0 || map == nullptr || map->l_ld == nullptr || map->l_addr == 0) return;
  const std::vector<Slot> wrong = Image(map).Wrong();
  if (wrong.empty()) return;
  const Pages pages = ReadOnlyPages(map->l_addr);
  const size_t bytes = pages.end - pages.begin;
  // The cast is sound, as the loader mapped these pages and they stay mapped.
  void* const begin = reinterpret_cast<void*>(pages.begin);
  const bool writable = bytes == 0 || mprotect(begin, bytes, PROT_READ | PROT_WRITE) == 0;
  for (const Slot& slot : wrong) {
    const uintptr_t place = reinterpret_cast<uintptr_t>(slot.place);
    if (!writable && place >= pages.begin && place < pages.end) continue;
    Store(slot.place, slot.address);
  }
  if (bytes != 0) mprotect(begin, bytes, PROT_READ);
}

}  // namespace rustdll::binding

#else

namespace rustdll::binding {

void Mend(void*) {}

}  // namespace rustdll::binding

#endif
