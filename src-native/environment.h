// What one JavaScript environment (the main thread, or a Worker) holds of this addon.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "abi.h"

namespace rustdll {

// The functions JavaScript has resolved, addressed by index: a forged index is refused, where a forged address could
// not be told from a real one.
class SymbolTable {
 public:
  // Takes a place for `code`; places given back are used again. A framed function can be rung with its plan only, and
  // any other with the others.
  uint32_t Add(void* code, bool framed);
  // Ringing `index` fails from now on; the index stays taken.
  void Disable(uint32_t index) { symbols_[index].code = nullptr; }
  // Gives the place back. Nothing in JavaScript may still know the index.
  void Remove(uint32_t index);
  // The address at `index`, or null when there is none of that kind.
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

// What a ring returns; kRung is undefined in JavaScript. src-ts/native.ts names the same numbers.
enum Status : uint32_t { kRung = 0, kNoBlock = 1, kNoSymbol = 2, kNoPlan = 3, kLoneSurrogate = 4, kNoText = 5 };

class Environment {
 public:
  Environment() = default;
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  // Makes `buffer` the block that every ring reads, unless there is one, and keeps it alive. Returns the block's
  // buffer.
  Napi::Value Attach(Napi::ArrayBuffer buffer);

  // The function that rings: it encodes the strings it is called with, if the block says so, and calls the symbol
  // the block names, by the block's plan. It returns undefined, or a status when nothing was called.
  Napi::Value MakeRing(Napi::Env env);

  // Moves what the last framed call left behind, because it did not fit the block, into `buffer`, or just frees it when
  // that is undefined.
  void Take(const Napi::CallbackInfo& info);

  // Shared with the libraries: at teardown either side may go first.
  const std::shared_ptr<SymbolTable> symbols = std::make_shared<SymbolTable>();

 private:
  static napi_value Ring(napi_env env, napi_callback_info info);
  static napi_value RingOfThread(napi_env env, napi_callback_info info);
  napi_value Dispatch(napi_env env, napi_callback_info info);
  Status EncodeTexts(napi_env env, napi_callback_info info);
  napi_value CallFramed(napi_env env, void* code);
  void ReleasePending() {
    if (pending_.ptr != nullptr) release_(&pending_);
    pending_.ptr = nullptr;
  }

  Block* block_ = nullptr;
  // The room for results, as a frame has it.
  struct {
    uint64_t* words;
    uint64_t count;
  } room_ = {};
  // The part of a result that waits for Take, and how to give it back.
  Owned pending_ = {};
  void (*release_)(Owned*) = nullptr;
  Napi::Reference<Napi::ArrayBuffer> buffer_;
};

}  // namespace rustdll
