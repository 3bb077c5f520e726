#include "regions.h"

#include <cstring>

namespace rustdll {
namespace {

// The strictest alignment of an argument's memory.
constexpr size_t kAlignment = 16;

size_t Aligned(size_t bytes) { return (bytes + kAlignment - 1) & ~(kAlignment - 1); }

// The casts of addresses to numbers are for comparisons, as those of pointers to unrelated memory mean nothing.
uintptr_t Number(const void* address) { return reinterpret_cast<uintptr_t>(address); }

bool IsWithin(uintptr_t address, const void* begin, size_t bytes) {
  return address >= Number(begin) && address - Number(begin) < bytes;
}

uintptr_t Load(const void* place) {
  uintptr_t value;
  std::memcpy(&value, place, sizeof value);
  return value;
}

void Store(void* place, const char* pointer) { std::memcpy(place, &pointer, sizeof pointer); }

}  // namespace

size_t Regions::BytesFor(const Block& block) {
  if (block.region_count == 0) return 0;
  size_t bytes = kAlignment + block.region_count * sizeof(Copy) + block.pointer_count * sizeof(char*);
  for (size_t i = 0; i < block.region_count; i++) bytes += Aligned(static_cast<size_t>(block.regions[i].bytes));
  return bytes;
}

void Regions::Take(const Block& block, char* memory, Registers* registers) {
  static_assert(alignof(Copy) == 8 && sizeof(Copy) % 8 == 0);
  // The casts are sound: the caller has allocated the memory for these, as BytesFor says.
  Copy* const copies = reinterpret_cast<Copy*>(memory);
  pointers_ = reinterpret_cast<char**>(copies + block.region_count);
  char* own = reinterpret_cast<char*>(pointers_ + block.pointer_count);
  own += Aligned(Number(own)) - Number(own);
  for (; count_ < block.region_count; count_++) {
    const Region& region = block.regions[count_];
    const size_t bytes = static_cast<size_t>(region.bytes);
    copies[count_] = {region.origin, own, bytes, region.writes != 0};
    if (bytes > 0) std::memcpy(own, region.origin, bytes);
    own += Aligned(bytes);
  }
  copies_ = copies;
  // The cast is sound: the numbers follow the regions, as the block says.
  const uint64_t* const places = reinterpret_cast<const uint64_t*>(block.regions + count_);
  for (size_t i = 0; i < block.pointer_count; i++) {
    const uintptr_t place = static_cast<uintptr_t>(places[i]);
    if (place <= sizeof(Registers) - sizeof(char*)) {
      // The cast is sound: any object may be written as bytes, and the place is within this one.
      ToOwn(reinterpret_cast<char*>(registers) + place);
      continue;
    }
    for (size_t k = 0; k < count_; k++) {
      const Copy& copy = copies_[k];
      if (copy.bytes < sizeof(char*) || !IsWithin(place, copy.origin, copy.bytes - sizeof(char*) + 1)) continue;
      char* const pointer = copy.own + (place - Number(copy.origin));
      ToOwn(pointer);
      pointers_[pointer_count_++] = pointer;
      break;
    }
  }
}

void Regions::PutBack() const {
  for (size_t i = 0; i < pointer_count_; i++) ToOrigin(pointers_[i]);
  for (size_t i = 0; i < count_; i++) {
    const Copy& copy = copies_[i];
    if (copy.writes) std::memcpy(copy.origin, copy.own, copy.bytes);
  }
}

void Regions::ToOwn(void* place) const {
  const uintptr_t address = Load(place);
  for (size_t i = 0; i < count_; i++) {
    const Copy& copy = copies_[i];
    if (IsWithin(address, copy.origin, copy.bytes)) return Store(place, copy.own + (address - Number(copy.origin)));
  }
}

void Regions::ToOrigin(void* place) const {
  const uintptr_t address = Load(place);
  for (size_t i = 0; i < count_; i++) {
    const Copy& copy = copies_[i];
    if (IsWithin(address, copy.own, copy.bytes)) return Store(place, copy.origin + (address - Number(copy.own)));
  }
}

}  // namespace rustdll
