#include "posts.h"

#include <cstdlib>

namespace rustdll {

static_assert(sizeof(Posts::Place) == 64, "a place is a line of the processor's cache");

Posts::~Posts() { std::free(memory_); }

bool Posts::Open() {
  // Zeros are places at which nothing has ever been ready, and the system makes the pages when they are first used.
  memory_ = std::calloc(kMost + 1, sizeof(Place));
  if (memory_ == nullptr) return false;
  const uintptr_t address = (reinterpret_cast<uintptr_t>(memory_) + kLine - 1) & ~uintptr_t{kLine - 1};
  // The cast is sound: there is one place more than needed, and an atomic integer of zeros is one that has this value.
  places_.store(reinterpret_cast<Place*>(address), std::memory_order_release);
  return true;
}

bool Posts::Reserve(uint64_t* position) {
  if (!IsOpen()) return false;
  for (;;) {
    // In this order the second is not less than the first.
    const uint64_t taken = taken_.load();
    uint64_t next = reserved_.load(std::memory_order_relaxed);
    if (next - taken >= kMost) return false;
    if (reserved_.compare_exchange_weak(next, next + 1, std::memory_order_relaxed)) {
      *position = next;
      return true;
    }
  }
}

}  // namespace rustdll
