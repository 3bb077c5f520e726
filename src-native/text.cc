#include "text.h"

#include <algorithm>

namespace rustdll {
namespace {

// In UTF-8 the first byte of a character determines its number of UTF-16 units. These functions also return a result
// for bytes that are not valid UTF-8, so callers check the bounds.
bool ContinuesCharacter(uint8_t byte) { return (byte & 0xC0) == 0x80; }
uint64_t UnitsOf(uint8_t first) { return first >= 0xF0 ? 2 : 1; }

}  // namespace

napi_value MakeString(napi_env env, const uint8_t* bytes, size_t count, bool ascii) {
  // The cast is sound: any bytes may be read as char.
  const char* chars = reinterpret_cast<const char*>(bytes);
  napi_value string = nullptr;
  const napi_status status = ascii ? napi_create_string_latin1(env, chars, count, &string)
                                   : napi_create_string_utf8(env, chars, count, &string);
  if (status == napi_ok) return string;
  napi_value ignored;
  napi_get_and_clear_last_exception(env, &ignored);
  return nullptr;
}

void PendingText::Hold(const Owned& text, void (*release)(Owned*), bool ascii) {
  Release();
  text_ = text;
  release_ = release;
  ascii_ = ascii;
  at_ = 0;
}

napi_value PendingText::Next(napi_env env, uint64_t back, uint64_t units, size_t piece) {
  if (text_.ptr == nullptr) return MakeString(env, nullptr, 0, true);
  const size_t begin = Begin(back);
  at_ = End(begin, units, piece);
  const napi_value string = MakeString(env, text_.ptr + begin, at_ - begin, ascii_);
  if (at_ == text_.bytes) Release();
  return string;
}

size_t PendingText::Begin(uint64_t back) const {
  if (ascii_) return at_ - static_cast<size_t>(std::min<uint64_t>(back, at_));
  size_t begin = at_;
  while (back > 0 && begin > 0) {
    const uint8_t byte = text_.ptr[--begin];
    if (!ContinuesCharacter(byte)) back -= std::min(back, UnitsOf(byte));
  }
  return begin;
}

size_t PendingText::End(size_t begin, uint64_t units, size_t piece) const {
  const size_t size = static_cast<size_t>(text_.bytes);
  const size_t rest = size - begin;
  // A unit takes at most three bytes, and up to three are cut off below.
  if (units <= piece / 3 && 3 * units + 3 <= piece) {
    if (rest <= piece) return size;
    size_t end = begin + piece;
    if (!ascii_) {
      for (size_t cut = 0; cut < 3 && ContinuesCharacter(text_.ptr[end]); cut++) end--;
    }
    return end;
  }
  // A large string gets a piece of exactly its size.
  if (ascii_) return begin + static_cast<size_t>(std::min<uint64_t>(units, rest));
  size_t end = begin;
  while (units > 0 && end < size) {
    units -= std::min(units, UnitsOf(text_.ptr[end]));
    do end++;
    while (end < size && ContinuesCharacter(text_.ptr[end]));
  }
  return end;
}

}  // namespace rustdll
