// The memory layouts that C++, Rust and TypeScript share, and what each platform's calling convention makes of them.
// src-ts/abi.ts holds the same numbers; `layout()` in addon.cc reports these, and a test compares the two.
#pragma once

#include <cstddef>
#include <cstdint>

static_assert(sizeof(void*) == 8, "rustdll supports 64-bit targets only");

namespace rustdll {

// `#[repr(C)] struct PyVec<T> { ptr: *mut T, len: u32 }`, the descriptor Rust receives for every string and list.
struct PyVec {
  void* ptr;
  uint32_t len;
};
static_assert(sizeof(PyVec) == 16 && alignof(PyVec) == 8, "PyVec is 16 bytes, aligned to 8");
static_assert(offsetof(PyVec, ptr) == 0 && offsetof(PyVec, len) == 8, "ptr at 0, len at 8");

// Registers and stack words a call can carry. Arrays have the size of the largest convention; a smaller one leaves the
// rest unused.
constexpr size_t kIntSlots = 8;
constexpr size_t kFloatSlots = 8;
constexpr size_t kStackWords = 32;
// Strings that one ring can encode, how long each may be, and the room for it: three bytes for a UTF-16 unit.
constexpr size_t kTexts = 4;
constexpr size_t kTextUnits = 336;
constexpr size_t kTextBytes = 1024;

#if defined(_WIN32) && (defined(__x86_64__) || defined(_M_X64))
// Arguments are positional: the n-th of the first four goes to the n-th integer or the n-th float register.
#define RUSTDLL_POSITIONAL 1
constexpr const char* kConvention = "win64";
constexpr size_t kIntRegisters = 4;
constexpr size_t kFloatRegisters = 0;
#elif defined(__x86_64__)
constexpr const char* kConvention = "sysv";
constexpr size_t kIntRegisters = 6;
constexpr size_t kFloatRegisters = 8;
#elif defined(__APPLE__) && defined(__aarch64__)
// AAPCS64, except that arguments on the stack take their own size instead of a whole word.
constexpr const char* kConvention = "apple-arm64";
constexpr size_t kIntRegisters = 8;
constexpr size_t kFloatRegisters = 8;
#elif defined(__aarch64__) || defined(_M_ARM64)
constexpr const char* kConvention = "aapcs64";
constexpr size_t kIntRegisters = 8;
constexpr size_t kFloatRegisters = 8;
#else
#error "rustdll knows the calling conventions of x86-64 and AArch64 only"
#endif

// Memory that a library hands over with a result. The library's `release` gives it back.
struct Owned {
  uint8_t* ptr;  // null when there is nothing
  uint64_t bytes;
  uint64_t capacity;
  uint64_t align;
};
static_assert(sizeof(Owned) == 32);

// Parameters that a framed function can have, and the room for what its result takes.
constexpr size_t kFrameArguments = 32;
constexpr size_t kOutWords = 32768;

// What an exported function gets instead of registers, and where it leaves its result. docs/abi.md says more.
struct Frame {
  const uint64_t* in_words;  // the arguments that have no slot, encoded
  uint64_t in_count;
  const char* in_text;  // the text of the strings among those
  uint64_t in_bytes;
  uint64_t in_units;
  uint64_t* out_words;
  uint64_t out_room;
  uint32_t operation;
  uint32_t reserved0;
  uint64_t result;
  Owned words;
  Owned text;
  uint64_t text_units;  // as many as text.bytes if all is ASCII
  void (*release)(Owned*);
  uint64_t reserved1;
  uint64_t arguments[kFrameArguments];
};
static_assert(offsetof(Frame, out_words) == 40 && offsetof(Frame, operation) == 56 && offsetof(Frame, result) == 64);
static_assert(offsetof(Frame, words) == 72 && offsetof(Frame, text) == 104 && offsetof(Frame, text_units) == 136);
static_assert(offsetof(Frame, release) == 144 && offsetof(Frame, arguments) == 160 && sizeof(Frame) == 416);

// What TypeScript fills in before it rings and reads after: one block for each environment, inside an ArrayBuffer that
// JavaScript allocated (no external buffers, so that Electron's memory cage has nothing to object to).
struct Block {
  uint64_t result;             // the integer result, or the bits of the f64 one; an f32 is widened to f64
  uint32_t symbol;             // index into Environment's symbols
  uint32_t plan;               // see below
  uint64_t ints[kIntSlots];    // integer registers; with win64 the four positional slots
  double floats[kFloatSlots];  // float registers; an f32 is in the low half
  uint64_t stack[kStackWords];
  // Strings among the arguments: the ring is called with `text_count` of them, at most kTextUnits long, and encodes
  // each into its buffer. An argument points to its descriptor here. A ring resets the count.
  uint64_t text_count;
  PyVec texts[kTexts];
  char text_buffers[kTexts][kTextBytes];
  // For framed functions, whose status is `result`.
  Frame frame;
  uint64_t out[kOutWords];
};
static_assert(offsetof(Block, symbol) == 8 && offsetof(Block, plan) == 12 && offsetof(Block, ints) == 16);
static_assert(offsetof(Block, floats) == 80 && offsetof(Block, stack) == 144);
static_assert(offsetof(Block, text_count) == 400 && offsetof(Block, texts) == 408);
static_assert(offsetof(Block, frame) == 408 + kTexts * (sizeof(PyVec) + kTextBytes));
static_assert(sizeof(Block) == offsetof(Block, frame) + sizeof(Frame) + 8 * kOutWords);

// A plan: which of the fixed signatures fits. Bits 0-1 the result, bit 2 whether the first argument is a float (win64
// only), bits 8-15 how many stack words to pass: 0, 4, 8, 16 or 32. A framed function has plans of its
// own: bit 3, and bit 4 if the frame's stream of arguments is filled in.
enum class Result : uint32_t { kInt = 0, kF64 = 1, kF32 = 2 };
constexpr uint32_t kPlanResultMask = 3;
constexpr uint32_t kPlanFirstIsFloat = 4;
constexpr uint32_t kPlanStackShift = 8;
constexpr uint32_t kPlanFramed = 8;
constexpr uint32_t kPlanStream = 16;

// Statuses of a framed call that the addon adds to the library's own.
constexpr uint64_t kStatusTextTooLong = 0x100;  // no JavaScript string can hold the text
constexpr uint64_t kStatusBadResult = 0x101;    // the library describes memory that cannot be

}  // namespace rustdll
