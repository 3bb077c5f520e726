// Encodes UTF-16, which the engine's strings are, as UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rustdll {

// The number of units that the input needs, and of bytes that the output needs, beyond the text itself.
constexpr size_t kUtf8Padding = 8;

// Encodes `count` units, which kUtf8Padding zeros follow, into `out`, which has room for three bytes for each unit and
// kUtf8Padding more, and sets `length`. Returns false, with any bytes in `out`, if a surrogate has no partner: UTF-8
// cannot express it, and Node-API's own encoder would write U+FFFD.
bool EncodeUtf8(const char16_t* units, size_t count, char* out, size_t* length);

// True if the bytes are valid UTF-8. Sets `ascii` to whether all of them are ASCII.
bool IsUtf8(const uint8_t* bytes, size_t count, bool* ascii);

}  // namespace rustdll
