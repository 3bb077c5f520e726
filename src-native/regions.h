// The memory that the arguments of a C function point to, copied for a call in the background.
#pragma once

#include <cstddef>
#include <cstdint>

#include "abi.h"

namespace rustdll {

class Regions {
 public:
  // Returns how much memory Take needs for the regions in the block.
  static size_t BytesFor(const Block& block);

  // Copies the regions to memory that is aligned to 8, and has the pointers in the copies and in `registers`, which are
  // a copy of the block's, lead to the copies.
  void Take(const Block& block, char* memory, Registers* registers);

  // Copies the copies back into the memory of JavaScript, which has kept it, with pointers that lead there.
  void PutBack() const;

 private:
  struct Copy {
    char* origin;
    char* own;
    size_t bytes;
    bool writes;
  };

  // These have the pointer at `place` lead to the copy instead of the original memory, and the other way round. One
  // that leads to neither, as into the library's own memory, stays as it is.
  void ToOwn(void* place) const;
  void ToOrigin(void* place) const;

  const Copy* copies_ = nullptr;
  size_t count_ = 0;
  // The pointers in the copies.
  char** pointers_ = nullptr;
  size_t pointer_count_ = 0;
};

}  // namespace rustdll
