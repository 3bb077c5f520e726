// The state of the addon in one JavaScript environment: that of the main thread, or of a Worker.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "abi.h"
#include "objects.h"
#include "text.h"
#include "thunk.h"

namespace rustdll {

// The functions that JavaScript has resolved. JavaScript refers to them by index: a forged index can be refused, while
// a forged address could not be told from a real one.
class SymbolTable {
 public:
  // Takes a place for `code`; places given back are used again. A framed function can be called only with the call
  // codes of framed functions, and any other function only with the other call codes.
  uint32_t Add(void* code, bool framed);
  // Makes every further call of `index` fail; the index stays taken.
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

// What the doorbell returns if it has called nothing. kRung is undefined in JavaScript; the others have the same names
// in src-ts/crossing/node-api/native.ts.
enum RingStatus : uint32_t {
  kRung = 0,
  kNoBlock = 1,
  kNoSymbol = 2,
  kNoCallCode = 3,
  kLoneSurrogate = 4,
  kNoText = 5,
  kNoMemory = 6,
  kNoThread = 7,
  kGivenUp = 8,
  // A string of C has a NUL inside.
  kNul = 9,
  // The function was called, and the string of C that is its result cannot be one of JavaScript.
  kNoString = 10,
  // The function was called by a foreign call, and has answered more than the block has.
  kAnswered = 11,
};

class Background;

// The handles of the callbacks that one call makes. Opening a scope takes as long as an eighth of a callback, so many
// of them share one, with the handles that all of them need.
struct CallbackScope {
  // The numbers of the strings and of the slots of the call that are in the block.
  size_t texts;
  size_t arguments;
  // True if the library has a copy of the block's frame, so that callbacks need not save it.
  bool is_apart = false;
  // Null if no scope is open.
  napi_handle_scope handles = nullptr;
  // The callbacks for which the scope may still be used, and whose they are.
  uint32_t left = 0;
  const Background* owner = nullptr;
  napi_value dispatch = nullptr;
  napi_value undefined = nullptr;
};

class Environment {
 public:
  explicit Environment(napi_env env);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  // Makes `buffer` the memory of the block, which every call uses, and keeps it alive, unless there is a block already.
  // Returns the buffer of the block.
  Napi::Value Attach(Napi::ArrayBuffer buffer);

  // Makes the doorbell: a function that encodes the strings it is called with, if the block counts any, and calls the
  // symbol that the block names through the function type of the block's call code. It returns undefined, the text
  // of a framed function's result or the string of C that is the result, or a RingStatus if nothing was called.
  Napi::Value MakeRing(Napi::Env env);

  // Does the same as the doorbell for a call without strings, for a runtime whose own foreign calls are quicker than
  // Node-API. It calls no function of Node-API itself. Returns kRung, a RingStatus if nothing was called, or kAnswered
  // if `answer` has to be called at once for the rest of the answer. `environment` is an Environment.
  static uint32_t RingForeign(void* environment);

  // foreign(): [code, environment] returns the addresses of RingForeign and of its argument.
  Napi::Value Foreign(const Napi::CallbackInfo& info);

  // answer(): string | undefined takes what a foreign call left, and returns the text.
  Napi::Value Answer(const Napi::CallbackInfo& info);

  // Copies the words of the last framed call's result, if they did not fit the block, into `buffer` and frees them;
  // without a buffer it only frees them, and the rest of the text.
  void Take(const Napi::CallbackInfo& info);

  // Takes the references in the frame's result.
  void AdoptObjects() {
    if (block_->frame.objects != nullptr) objects_.Adopt(block_->frame.objects);
  }
  void Adopt(Reference* first) { objects_.Adopt(first); }

  // Takes the room in the block for results from the calls that are made until GiveRoom, as another call may be writing
  // its result there. Returns false if it was taken already.
  bool TakeRoom() {
    // The call that is waiting may have begun with its answer.
    answered_ = true;
    const bool had_room = room_.count != 0;
    room_.count = 0;
    return had_room;
  }
  void GiveRoom() { room_.count = kOutWords; }

  // release(address: number): string | undefined gives back a reference to an object. The outcome of the object's
  // destructor is stored in the block, and the text of a panic returned, as by a call of a framed function.
  Napi::Value ReleaseObject(const Napi::CallbackInfo& info);

  // Makes the function text(back, units), which calls PendingText::Next for the text of the last framed call. It
  // returns undefined if no string can be so long.
  Napi::Value MakeText(Napi::Env env);

  // Encodes the strings that the doorbell was called with into the block, if it counts any, and finds the code of the
  // function that the block names. Returns kRung if the call can be made.
  RingStatus Prepare(napi_env env, napi_callback_info info, void** code, bool* framed);

  // Makes a JavaScript string of the text that a framed function stored in the block's frame, or keeps it for `text` if
  // it is to be taken in pieces: its pointer then stays in the frame. Keeps words that did not fit the block for Take.
  // Returns null if there is no string.
  napi_value TakeText(napi_env env);

  // Makes the functions with which a copy of the package makes calls in the background; see Background.
  Napi::Value MakeBackground(Napi::Env env, Napi::Function drain, Napi::Function dispatch);

  // Makes the functions with which a copy of the package lends functions to libraries written for C; see Thunks.
  Napi::Value MakeThunks(Napi::Env env, Napi::Function dispatch);

  // Null before `attach`.
  Block* block() const { return block_; }

  // The scope for callbacks of the call that a library is performing, which closes it; null while JavaScript runs, and
  // if the call has none.
  CallbackScope* callbacks() const { return callbacks_; }
  void set_callbacks(CallbackScope* scope) { callbacks_ = scope; }

  // Releases what nobody has taken of an earlier answer, before another one is stored in the block's frame.
  void ReleasePending() {
    answered_ = true;
    ReleaseWords();
    text_.Release();
  }

  // Libraries own the table together with the environment: when that ends, either may be destroyed first.
  const std::shared_ptr<SymbolTable> symbols = std::make_shared<SymbolTable>();

 private:
  void ReleaseWords() {
    if (pending_.ptr == nullptr) return;
    release_(&pending_);
    pending_.ptr = nullptr;
  }
  static napi_value NextText(napi_env env, napi_callback_info info);
  static napi_value Ring(napi_env env, napi_callback_info info);
  static napi_value RingOfThread(napi_env env, napi_callback_info info);
  napi_value Dispatch(napi_env env, napi_callback_info info);
  RingStatus EncodeTexts(napi_env env, napi_callback_info info);
  napi_value CallFramed(napi_env env, void* code);
  // Calls the function with the block's frame, without a stream of arguments.
  void CallWithFrame(uint32_t (*function)(Frame*));
  bool HasAnswered() const;
  void CallWithStream(napi_env env, uint32_t (*function)(Frame*));
  // Calls the function with a frame that is not the block's. Returns its status.
  uint32_t CallApart(uint32_t (*function)(Frame*), size_t arguments);
  void PrepareFrame();

  Block* block_ = nullptr;
  // The room for results, laid out as in a frame.
  struct {
    uint64_t* words;
    uint64_t count;
  } room_ = {};
  // False if there is nothing pending, and in the block's frame no pointer of an answer. Nearly all calls leave it so,
  // and the next one has nothing to clear.
  bool answered_ = true;
  // The number of strings that the last call with any of them had. A call with a stream resets it.
  size_t texts_ = 0;
  CallbackScope* callbacks_ = nullptr;
  // The words of a result that wait for Take, and the library's function that frees them.
  Owned pending_ = {};
  void (*release_)(Owned*) = nullptr;
  PendingText text_;
  Objects objects_;
  Napi::Reference<Napi::ArrayBuffer> buffer_;
  std::vector<std::unique_ptr<Background>> backgrounds_;
  std::vector<std::unique_ptr<Thunks>> thunks_;
};

}  // namespace rustdll
