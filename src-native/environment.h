// The state of the addon in one JavaScript environment: that of the main thread, or of a Worker.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "abi.h"
#include "text.h"

namespace rustdll {

// The functions that JavaScript has resolved. JavaScript names them by index: a forged index can be refused, while a
// forged address could not be told from a real one.
class SymbolTable {
 public:
  // Takes a place for `code`; places given back are used again. A framed function can be rung with the call code of
  // framed functions only, and any other function with the other call codes only.
  uint32_t Add(void* code, bool framed);
  // Makes every further ring of `index` fail; the index stays taken.
  void Disable(uint32_t index) { symbols_[index].code = nullptr; }
  // Gives the place back. JavaScript must not know the index any more.
  void Remove(uint32_t index);
  // Returns the address of the function at `index`, or null if there is none of that kind.
  void* Find(uint32_t index, bool framed) const {
    return index < symbols_.size() && symbols_[index].framed == framed ? symbols_[index].code : nullptr;
  }

 private:
  struct Symbol {
    void* code;
    bool framed;
  };

  std::vector<Symbol> symbols_;
  std::vector<uint32_t> free_;
};

// What a ring returns when it has called nothing. kRung is undefined in JavaScript; the others have the same names in
// src-ts/crossing/node-api/native.ts.
enum RingStatus : uint32_t {
  kRung = 0,
  kNoBlock = 1,
  kNoSymbol = 2,
  kNoCallCode = 3,
  kLoneSurrogate = 4,
  kNoText = 5,
  kNoMemory = 6,
  kNoThread = 7,
};

class Environment {
 public:
  Environment() = default;
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  // Makes `buffer` the memory of the block that every ring reads, and keeps it alive, unless there is a block already.
  // Returns the buffer of the block.
  Napi::Value Attach(Napi::ArrayBuffer buffer);

  // Makes the function that rings: it encodes the strings that it is called with, if the block counts any, and calls
  // the symbol that the block names through the function type of the block's call code. It returns undefined, the text
  // of a framed function's result, or a RingStatus if nothing was called.
  Napi::Value MakeRing(Napi::Env env);

  // Moves the words of the last framed call's result, if they did not fit into the block, into `buffer` and frees them;
  // without a buffer it only frees them, and what is left of the text.
  void Take(const Napi::CallbackInfo& info);

  // Makes the function that PendingText::Next is for the last framed call's text: text(back, units). It returns
  // undefined if no string can be so long.
  Napi::Value MakeText(Napi::Env env);

  // Encodes the strings that a ring was called with into the block, if it counts any, and finds the code of the
  // function that the block names. Returns kRung if all is ready for the call.
  RingStatus Prepare(napi_env env, napi_callback_info info, void** code, bool* framed);

  // Makes a JavaScript string of the text that a framed function left in the block's frame, or keeps it for `text` if
  // it is to be taken in pieces: its pointer then stays in the frame. Keeps what of the words did not fit the block for
  // Take. Null if there is no string.
  napi_value TakeText(napi_env env);

  // Null before `attach`.
  Block* block() const { return block_; }

  void ReleasePending() {
    ReleaseWords();
    text_.Release();
  }

  // The libraries share it: when the environment ends, either side may be destroyed first.
  const std::shared_ptr<SymbolTable> symbols = std::make_shared<SymbolTable>();

 private:
  void ReleaseWords() {
    if (pending_.ptr != nullptr) release_(&pending_);
    pending_.ptr = nullptr;
  }
  static napi_value NextText(napi_env env, napi_callback_info info);
  static napi_value Ring(napi_env env, napi_callback_info info);
  static napi_value RingOfThread(napi_env env, napi_callback_info info);
  napi_value Dispatch(napi_env env, napi_callback_info info);
  RingStatus EncodeTexts(napi_env env, napi_callback_info info);
  napi_value CallFramed(napi_env env, void* code);

  Block* block_ = nullptr;
  // The room for results, laid out as in a frame.
  struct {
    uint64_t* words;
    uint64_t count;
  } room_ = {};
  // The words of a result that wait for Take, and the library's function that frees them.
  Owned pending_ = {};
  void (*release_)(Owned*) = nullptr;
  PendingText text_;
  Napi::Reference<Napi::ArrayBuffer> buffer_;
};

}  // namespace rustdll
