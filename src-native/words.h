#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace rustdll {

// Copies the words of a callback. There are few of them, mostly one, for which a call of memcpy takes longer.
inline void CopyWords(uint64_t* to, const uint64_t* from, size_t count) {
  if (count == 0) return;
  *to = *from;
  if (count > 1) std::memcpy(to, from, 8 * count);
}

}  // namespace rustdll
