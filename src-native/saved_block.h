// What is kept of the block while a library calls back.
#pragma once

#include <algorithm>
#include <cstring>

#include "environment.h"
#include "words.h"

namespace rustdll {

// Copies a piece of the block, whose size the compiler knows. The pieces are so small that the loads and stores of 64
// bytes at a time are quicker than the instruction that copies any number of words, which compilers choose.
template <size_t size>
void CopyPiece(unsigned char* to, const unsigned char* from) {
  constexpr size_t kStep = 64;
  size_t at = 0;
  for (; at + kStep <= size; at += kStep) std::memcpy(to + at, from + at, kStep);
  std::memcpy(to + at, from + at, size % kStep);
}

// What a callback saves of the block. The block belongs to the call during which the library calls back, and JavaScript
// makes other calls through it.
class SavedBlock {
 public:
  SavedBlock(Block* block, const CallbackScope& scope)
      : block_(block), texts_(scope.texts), arguments_(scope.arguments), objects_(block->frame.objects) {
    // All that precedes the arguments is `result`, `symbol` and `call_code`.
    std::memcpy(registers_, &block->registers, sizeof registers_);
    CopyPiece<sizeof head_>(head_, Head());
    CopyWords(words_, block->frame.arguments, arguments_);
    if (texts_ > 0) SaveTexts();
  }
  ~SavedBlock() {
    std::memcpy(&block_->registers, registers_, sizeof registers_);
    CopyPiece<sizeof head_>(Head(), head_);
    CopyWords(block_->frame.arguments, words_, arguments_);
    block_->frame.objects = objects_;
    if (texts_ > 0) RestoreTexts();
  }
  SavedBlock(const SavedBlock&) = delete;
  SavedBlock& operator=(const SavedBlock&) = delete;

 private:
  void SaveTexts() {
    char* end = bytes_;
    for (size_t i = 0; i < texts_; i++) {
      descriptors_[i] = block_->texts[i];
      const size_t bytes = std::min<size_t>(descriptors_[i].len, kTextBytes);
      std::memcpy(end, block_->text_buffers[i], bytes);
      end += bytes;
    }
  }
  void RestoreTexts() {
    const char* begin = bytes_;
    for (size_t i = 0; i < texts_; i++) {
      block_->texts[i] = descriptors_[i];
      const size_t bytes = std::min<size_t>(descriptors_[i].len, kTextBytes);
      std::memcpy(block_->text_buffers[i], begin, bytes);
      // The end of a string of C, which the other calls may have overwritten.
      if (bytes < kTextBytes) block_->text_buffers[i][bytes] = '\0';
      begin += bytes;
    }
  }

  // The cast is sound: any object may be read and written as bytes.
  unsigned char* Head() const { return reinterpret_cast<unsigned char*>(&block_->frame); }

  Block* const block_;
  const size_t texts_;
  const size_t arguments_;
  Reference* const objects_;
  unsigned char registers_[offsetof(Registers, ints)];
  unsigned char head_[offsetof(Frame, arguments)];
  uint64_t words_[kFrameArguments];
  PyVec descriptors_[kTexts];
  char bytes_[kTexts * kTextBytes];
};

}  // namespace rustdll
