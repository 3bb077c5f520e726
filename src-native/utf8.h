// UTF-16, as the engine gives its strings, into UTF-8.
#pragma once

#include <cstddef>

namespace rustdll {

// How much both ends of an encoding need beyond what they are for.
constexpr size_t kUtf8Padding = 8;

// Encodes `count` units, which are followed by kUtf8Padding zeros, into `out`, which has room for three bytes a unit
// and kUtf8Padding more, and sets `length`. False, with `out` undefined, when a surrogate has no partner: UTF-8 cannot
// express it, and Node-API's own encoder writes U+FFFD.
bool EncodeUtf8(const char16_t* units, size_t count, char* out, size_t* length);

}  // namespace rustdll
