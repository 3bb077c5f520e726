// The text of a framed function's result, as JavaScript strings.
#pragma once

#include <node_api.h>

#include <cstddef>
#include <cstdint>

#include "abi.h"

namespace rustdll {

// Makes a string of UTF-8, which may be ASCII. Returns null if no string can be so long.
napi_value MakeString(napi_env env, const uint8_t* bytes, size_t count, bool ascii);

// A text that JavaScript takes in pieces, as a string that is sliced from another one keeps all of that alive.
class PendingText {
 public:
  PendingText() = default;
  ~PendingText() { Release(); }
  PendingText(const PendingText&) = delete;
  PendingText& operator=(const PendingText&) = delete;

  // Takes ownership of a text, which `release` frees, and frees the one before.
  void Hold(const Owned& text, void (*release)(Owned*), bool ascii);

  // Makes a string that begins `back` UTF-16 units before the end of the last piece. It has at least `units` units, if
  // there are so many, and beyond those only as much as makes `piece` bytes. The text is freed with its last piece.
  // Returns an empty string at the end of the text, and null if no string can be so long.
  napi_value Next(napi_env env, uint64_t back, uint64_t units, size_t piece);

  void Release() {
    if (text_.ptr == nullptr) return;
    release_(&text_);
    text_ = {};
  }

 private:
  size_t Begin(uint64_t back) const;
  size_t End(size_t begin, uint64_t units, size_t piece) const;

  Owned text_ = {};
  void (*release_)(Owned*) = nullptr;
  bool ascii_ = false;
  // The end of the last piece.
  size_t at_ = 0;
};

}  // namespace rustdll
