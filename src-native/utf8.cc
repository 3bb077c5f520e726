#include "utf8.h"

#include <cstdint>
#include <cstring>

#if defined(__aarch64__) || defined(_M_ARM64)
#include <arm_neon.h>
#else
#include <emmintrin.h>
#endif

namespace rustdll {
namespace {

// The number of UTF-16 units in a vector register. Every target has such registers.
constexpr size_t kBlock = 8;
static_assert(kUtf8Padding >= kBlock);

// Writes kBlock units as bytes if all of them are ASCII; otherwise writes nothing and returns false. The units are
// copied into the register with memcpy, since a pointer to units must not be read as a pointer to a vector.
bool NarrowAscii(const char16_t* units, char* out) {
#if defined(__aarch64__) || defined(_M_ARM64)
  uint16x8_t block;
  std::memcpy(&block, units, sizeof block);
  if (vmaxvq_u16(block) >= 0x80) return false;
  const uint8x8_t bytes = vmovn_u16(block);
  std::memcpy(out, &bytes, kBlock);
#else
  __m128i block;
  std::memcpy(&block, units, sizeof block);
  const __m128i beyond = _mm_and_si128(block, _mm_set1_epi16(static_cast<int16_t>(0xFF80)));
  if (_mm_movemask_epi8(_mm_cmpeq_epi16(beyond, _mm_setzero_si128())) != 0xFFFF) return false;
  const __m128i bytes = _mm_packus_epi16(block, block);
  std::memcpy(out, &bytes, kBlock);
#endif
  return true;
}

bool IsLead(uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsTrail(uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

bool EncodeUtf8(const char16_t* units, size_t count, char* out, size_t* length) {
  char* to = out;
  const auto put = [&to](uint32_t byte) { *to++ = static_cast<char>(byte); };
  size_t i = 0;
  while (i < count) {
    // The last block may include zeros of the padding, which are ASCII; the length does not count them.
    if (NarrowAscii(units + i, to)) {
      i += kBlock;
      to += kBlock;
      continue;
    }
    const size_t end = i + kBlock < count ? i + kBlock : count;
    while (i < end) {
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
  }
  *length = static_cast<size_t>(to - out) - (i - count);
  return true;
}

namespace {

// The bytes of a character by its first byte, which is not ASCII; 0 if none begins with it.
size_t LengthOf(uint8_t first) {
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

// True if `second` may follow `first`: the encoding is the shortest one, of no surrogate and nothing beyond U+10FFFF.
bool MayFollow(uint8_t first, uint8_t second) {
  const uint8_t least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const uint8_t most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  return second >= least && second <= most;
}

}  // namespace

bool IsUtf8(const uint8_t* bytes, size_t count, bool* ascii) {
  size_t at = 0;
  // Most texts are ASCII, which is seen eight bytes at a time.
  for (uint64_t word = 0; at + sizeof word <= count; at += sizeof word) {
    std::memcpy(&word, bytes + at, sizeof word);
    if ((word & 0x8080808080808080) != 0) break;
  }
  while (at < count && bytes[at] < 0x80) at++;
  *ascii = at == count;
  while (at < count) {
    const uint8_t first = bytes[at++];
    if (first < 0x80) continue;
    const size_t length = LengthOf(first);
    if (length == 0 || length - 1 > count - at || !MayFollow(first, bytes[at])) return false;
    for (size_t k = 1; k < length - 1; k++) {
      if ((bytes[at + k] & 0xC0) != 0x80) return false;
    }
    at += length - 1;
  }
  return true;
}

}  // namespace rustdll
