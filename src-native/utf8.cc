#include "utf8.h"

#include <cstdint>
#include <cstring>

namespace rustdll {
namespace {

// Four units at once, in one 64-bit word. All targets are little-endian.
constexpr size_t kBlock = 4;
constexpr uint64_t kNotAscii = 0xFF80FF80FF80FF80;

uint64_t LoadBlock(const char16_t* units) {
  uint64_t block;
  std::memcpy(&block, units, sizeof block);
  return block;
}

// The lower bytes of the four units, side by side.
uint32_t Narrow(uint64_t block) {
  block = (block | block >> 8) & 0x0000FFFF0000FFFF;
  return static_cast<uint32_t>(block | block >> 16);
}

bool IsLead(uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsTrail(uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

bool EncodeUtf8(const char16_t* units, size_t count, char* out, size_t* length) {
  size_t i = 0;
  for (; i + kBlock <= count; i += kBlock) {
    const uint64_t block = LoadBlock(units + i);
    if (block & kNotAscii) break;
    const uint32_t bytes = Narrow(block);
    std::memcpy(out + i, &bytes, sizeof bytes);
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
