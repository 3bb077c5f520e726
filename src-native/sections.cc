#include "sections.h"

#ifdef _WIN32

namespace rustdll::sections {

// Windows loads no ELF files.
bool HasDebugInfo(const char*) { return false; }

}  // namespace rustdll::sections

#else

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace rustdll::sections {
namespace {

// The size of the header of an ELF file of 64 bits, and of that of a section.
constexpr size_t kHeader = 64;
// The most bytes that the names of all sections may have. A file that claims more is damaged.
constexpr uint64_t kMostNames = 1 << 20;
constexpr char kName[] = ".debug_info";

// A file that is closed in the end.
class File {
 public:
  // A library's file may have been replaced since it was loaded, so it may be a pipe now, for which nothing waits.
  explicit File(const char* path) : file_(open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {}
  ~File() {
    if (file_ >= 0) close(file_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool IsRegular() const {
    struct stat seen;
    return file_ >= 0 && fstat(file_, &seen) == 0 && S_ISREG(seen.st_mode);
  }
  bool Read(void* into, size_t bytes, uint64_t offset) const {
    return pread(file_, into, bytes, static_cast<off_t>(offset)) == static_cast<ssize_t>(bytes);
  }

 private:
  const int file_;
};

// All processors of this package are little-endian, and so are the libraries that they load.
template <typename T>
T At(const char* bytes, size_t offset) {
  T value;
  std::memcpy(&value, bytes + offset, sizeof value);
  return value;
}

// The names are one after the other, each with a NUL at its end.
bool Mentions(const char* names, size_t bytes) {
  for (size_t at = 0; at + sizeof kName <= bytes; at++) {
    if (std::memcmp(names + at, kName, sizeof kName) == 0) return true;
  }
  return false;
}

}  // namespace

bool HasDebugInfo(const char* path) {
  const File file(path);
  char header[kHeader];
  if (!file.IsRegular() || !file.Read(header, sizeof header, 0)) return false;
  const uint64_t table = At<uint64_t>(header, 40);
  const uint64_t index = At<uint16_t>(header, 62);
  if (table == 0 || !file.Read(header, sizeof header, table + index * kHeader)) return false;
  const uint64_t offset = At<uint64_t>(header, 24);
  const uint64_t bytes = At<uint64_t>(header, 32);
  if (bytes > kMostNames) return false;
  char* const names = static_cast<char*>(std::malloc(static_cast<size_t>(bytes) + 1));
  if (names == nullptr) return false;
  const bool has = file.Read(names, static_cast<size_t>(bytes), offset) && Mentions(names, static_cast<size_t>(bytes));
  std::free(names);
  return has;
}

}  // namespace rustdll::sections

#endif
