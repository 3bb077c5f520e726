#include "utf8.h"

#include <cstdint>

namespace rustdll {
namespace {

// Units looked at together while all is ASCII; the compiler makes vector instructions of the inner loops.
constexpr size_t kBlock = 8;

bool IsLead(uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsTrail(uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

bool EncodeUtf8(const char16_t* units, size_t count, char* out, size_t* length) {
  size_t i = 0;
  for (; i + kBlock <= count; i += kBlock) {
    uint32_t all = 0;
    for (size_t k = 0; k < kBlock; k++) all |= units[i + k];
    if (all > 0x7F) break;
    for (size_t k = 0; k < kBlock; k++) out[i + k] = static_cast<char>(units[i + k]);
  }
  char* to = out + i;
  const auto put = [&to](uint32_t byte) { *to++ = static_cast<char>(byte); };
  while (i < count) {
    uint32_t code = units[i++];
    if (code < 0x80) {
      put(code);
      continue;
    }
    if (code < 0x800) {
      put(0xC0 | code >> 6);
    } else {
      if (IsTrail(code)) return false;
      if (IsLead(code)) {
        if (i == count || !IsTrail(units[i])) return false;
        code = 0x10000 + ((code - 0xD800) << 10) + (units[i++] - 0xDC00u);
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
      } else {
        put(0xE0 | code >> 12);
      }
      put(0x80 | (code >> 6 & 0x3F));
    }
    put(0x80 | (code & 0x3F));
  }
  *length = static_cast<size_t>(to - out);
  return true;
}

}  // namespace rustdll
