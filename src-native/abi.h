// The memory layouts that C++, Rust and TypeScript share, and the registers of each platform's calling convention.
// src-ts/crossing/block.ts has the same numbers, and when it is loaded compares them with those that `layout()` in
// addon.cc reports.
#pragma once

#include <atomic>
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

// The most registers and stack words that a call can fill. The arrays have the size of the largest convention; others
// leave the rest unused.
constexpr size_t kIntSlots = 8;
constexpr size_t kFloatSlots = 8;
constexpr size_t kStackWords = 32;
// The most strings that the doorbell encodes for one call, the most UTF-16 units of each, and the bytes reserved for
// it: three for each unit.
constexpr size_t kTexts = 4;
constexpr size_t kTextUnits = 336;
constexpr size_t kTextBytes = 1024;
// The bit of the number of strings that is set if they are strings of C: each gets a NUL at its end, and may hold none.
constexpr uint32_t kTextsOfC = 0x100;

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
constexpr size_t kResultFloats = 2;
#elif defined(__APPLE__) && defined(__aarch64__)
// AAPCS64, except that an argument on the stack takes its own size instead of a whole word.
constexpr const char* kConvention = "apple-arm64";
constexpr size_t kIntRegisters = 8;
constexpr size_t kFloatRegisters = 8;
constexpr size_t kResultFloats = 4;
#elif defined(__aarch64__) || defined(_M_ARM64)
constexpr const char* kConvention = "aapcs64";
constexpr size_t kIntRegisters = 8;
constexpr size_t kFloatRegisters = 8;
constexpr size_t kResultFloats = 4;
#else
#error "rustdll knows the calling conventions of x86-64 and AArch64 only"
#endif

// Memory that a library passes to the addon with a result, and that the library's `release` frees.
struct Owned {
  uint8_t* ptr;  // null if there is none
  uint64_t bytes;
  uint64_t capacity;
  uint64_t align;
};
static_assert(sizeof(Owned) == 32);

// The most parameters of a framed function, and the words that the block reserves for its result.
constexpr size_t kFrameArguments = 32;
constexpr size_t kOutWords = 32768;

struct Frame;

// A reference of an environment's to an object of a library. It is there until it has been released as often as it has
// been retained, and once more.
struct Reference {
  void (*retain)(const Reference*);
  // Returns the status of the object's destructor, if that was the last reference, as a framed function does. `frame`
  // may be null: then nobody learns of a panic.
  uint32_t (*release)(Reference*, Frame* frame);
  // The next one of a call's result. Once the call has returned, these two are the environment's.
  Reference* next;
  Reference* previous;
  // How many bytes of memory the collector is to know of; 0 if it need not know.
  uint64_t memory;
};
static_assert(sizeof(Reference) == 40 && offsetof(Reference, next) == 16 && offsetof(Reference, memory) == 32);

struct Host;
struct Context;

// A value of JavaScript that a library may hold: a function that it may call, or what such a function has thrown. It is
// there until it has been released as often as it has been retained, and may be used on any thread.
struct Held {
  const Host* host;
};

// A call of a function of JavaScript by a library, which fills the first part and gets the second one.
struct Invocation {
  const uint64_t* words;  // the stream of the arguments, and its text
  uint64_t count;
  const char* text;
  uint64_t bytes;
  uint64_t units;       // equal to `bytes` if all of the text is ASCII
  Reference* objects;   // the references in the stream, which the host gets
  uint64_t* out_words;  // room for the result
  uint64_t out_room;
  uint64_t result;  // the words of the result's stream, which is in `out` if it did not fit the room
  Owned out;
  Owned out_text;
  uint64_t out_units;
  void (*release)(Owned*);
  const Held* thrown;  // what the function has thrown, for the library to release; the stream then describes it
};
static_assert(sizeof(Invocation) == 160 && offsetof(Invocation, out_words) == 48);
static_assert(offsetof(Invocation, out) == 72 && offsetof(Invocation, thrown) == 152);

// What a host answers to a library that calls a function, or posts a call.
enum CallbackStatus : uint32_t {
  kReturned = 0,
  kThrew = 1,
  kClosed = 2,     // the environment has ended
  kCancelled = 3,  // the call that the function was lent to was cancelled
  kWouldWait = 4,  // it was not to wait, or could never be served
  kTimedOut = 5,
  kNoRoom = 6,  // there is no memory
};

// What a library knows of the host of a call, and asks of it. It is there for as long as the function runs or its
// future exists, and as long as the library holds it, and may be used on any thread meanwhile.
struct Context {
  const Host* host;
  std::atomic<uint32_t> flags;  // kContextCancelled, kContextListens; others are for the host
  uint32_t reserved;
};
static_assert(sizeof(Context) == 16 && offsetof(Context, flags) == 8);
static_assert(std::atomic<uint32_t>::is_always_lock_free, "a library reads the flags without the host");

// The call has been given up: nobody waits for its result.
constexpr uint32_t kContextCancelled = 1;
// Somebody wants to know how far the call is.
constexpr uint32_t kContextListens = 4;

// The functions of a host. A later version has more of them at the end, and `size` says so.
struct Host {
  uint32_t size;
  uint32_t reserved;
  // Tells how far a call is. It copies the text and does not wait. `total` is kUnknownTotal if nobody knows it; without
  // `text` the last one stays.
  void (*progress)(const Context* context, uint64_t done, uint64_t total, const char* text, uint64_t bytes);
  void (*retain)(const Held* held);
  void (*release)(const Held* held);
  // Calls a function and waits for its end. `context` is that of the call to which the function was lent, or null.
  // `patience` are the milliseconds that it waits for JavaScript if it is called on another thread: 0 if it must not
  // wait, kForever if it waits as long as it takes. Returns a CallbackStatus.
  uint32_t (*call)(const Held* held, Invocation* invocation, const Context* context, uint64_t patience);
  // Has a function called later, whose result is of no interest. It copies the arguments. `patience` are the
  // milliseconds that it waits for room in the queue.
  uint32_t (*post)(const Held* held, const Invocation* invocation, uint64_t patience);
  // Sets whether a function keeps the process alive; 1 and 0 have to alternate.
  void (*keep)(const Held* held, uint32_t on);
  // The library holds a context once more, or once less: what wakes a future has it longer than the call may last.
  void (*retain_context)(const Context* context);
  void (*release_context)(const Context* context);
  // Has the future of a call polled, unless the call is over.
  void (*wake)(const Context* context);
  // Calls a function when JavaScript is free, and then `done`, once and on any thread, with a CallbackStatus. Until
  // then the invocation is the host's, but for the arguments, which it copies. Returns a CallbackStatus: only after
  // kReturned is `done` called.
  uint32_t (*ask)(const Held* held, Invocation* invocation, void (*done)(Invocation* invocation, uint32_t status));
};
static_assert(sizeof(Host) == 88 && offsetof(Host, progress) == 8 && offsetof(Host, call) == 32);
static_assert(offsetof(Host, retain_context) == 56 && offsetof(Host, ask) == 80);

constexpr uint64_t kForever = UINT64_MAX;

constexpr uint64_t kUnknownTotal = UINT64_MAX;

// An exported function gets the address of a frame instead of arguments in registers, and stores its result there.
// docs/abi.md describes the fields.
struct Frame {
  const uint64_t* in_words;  // the stream: the arguments that have no slot, encoded
  uint64_t in_count;
  const char* in_text;  // the text of the strings in the stream
  uint64_t in_bytes;
  uint64_t in_units;
  uint64_t* out_words;
  uint64_t out_room;
  uint32_t operation;
  uint32_t flags;  // 0 or kFrameUndisturbed
  uint64_t result;
  Owned words;
  Owned text;
  uint64_t text_units;  // equal to text.bytes if all of the text is ASCII
  void (*release)(Owned*);
  const Context* context;  // null without a host that has one
  uint64_t arguments[kFrameArguments];
  Reference* objects;  // the references in the result, linked by `next`
};
static_assert(offsetof(Frame, out_words) == 40 && offsetof(Frame, operation) == 56 && offsetof(Frame, result) == 64);
static_assert(offsetof(Frame, words) == 72 && offsetof(Frame, text) == 104 && offsetof(Frame, text_units) == 136);
static_assert(offsetof(Frame, release) == 144 && offsetof(Frame, context) == 152);
static_assert(offsetof(Frame, arguments) == 160 && offsetof(Frame, objects) == 416 && sizeof(Frame) == 424);

// The arguments of a plain function, and its result.
struct Registers {
  uint64_t result;             // the integer result, or the bits of the f64 one; an f32 is widened to f64
  uint32_t symbol;             // an index into Environment::symbols
  uint32_t call_code;          // see kCallCodeResultMask below
  uint64_t ints[kIntSlots];    // the integer registers; with win64 the four positional places
  double floats[kFloatSlots];  // the float registers; an f32 is in the lower half
  uint64_t stack[kStackWords];
};
static_assert(offsetof(Registers, symbol) == 8 && offsetof(Registers, call_code) == 12);
static_assert(offsetof(Registers, ints) == 16 && offsetof(Registers, floats) == 80);
static_assert(offsetof(Registers, stack) == 144 && sizeof(Registers) == 400);

// An argument of a call in the background whose memory is copied, so that Rust has memory of its own.
struct Lent {
  uint64_t slot;  // the offset in the block of the pointer to its descriptor
  uint64_t type;  // see kLentSizeMask below
};

// The most lent arguments of a call, which is the most arguments of any call.
constexpr size_t kMaxLent = 40;
static_assert(kMaxLent >= kIntSlots + kStackWords && kMaxLent >= kFrameArguments);

// Memory that arguments of a C function point to. A call in the background gets a copy of it, and if `writes` is not 0,
// the copy is copied back when the call is complete.
struct Region {
  char* origin;
  uint64_t bytes;
  uint64_t writes;
};
static_assert(sizeof(Region) == 24);

constexpr uint32_t kWaits = 1;
constexpr uint32_t kMatters = 2;

// The words of a callback's arguments or result that fit the block.
constexpr size_t kExchangeWords = 64;

// What JavaScript and the addon tell each other about one callback.
struct Exchange {
  // The number of the function that is called; or of the value that it has thrown.
  uint32_t held;
  // The number of the request that waits for the result: kPosted if nothing does, kNow if the doorbell's caller does.
  uint32_t request;
  // The number of words of the arguments, or of the result.
  uint64_t count;
  // The stream of the result, for `reply`.
  const uint64_t* words;
  const char* text;
  uint64_t bytes;
  uint64_t units;
  // Not 0 if the function has thrown, and the stream describes what.
  uint64_t threw;
  uint64_t small[kExchangeWords];
};
static_assert(offsetof(Exchange, count) == 8 && offsetof(Exchange, words) == 16 && offsetof(Exchange, threw) == 48);
static_assert(offsetof(Exchange, small) == 56);
// The callbacks that are posted with few words are told many at a time.
constexpr size_t kPostWords = 5;
constexpr size_t kPosts = 32;

struct SmallPost {
  // The number of the function that is called, and how many words its arguments have.
  uint32_t held;
  uint32_t count;
  uint64_t words[kPostWords];
};
static_assert(sizeof(SmallPost) == 48 && offsetof(SmallPost, count) == 4 && offsetof(SmallPost, words) == 8);

constexpr uint32_t kPosted = 0xffffffff;
constexpr uint32_t kNow = 0xfffffffe;

// TypeScript stores a call in the block, rings the doorbell (Environment::Ring), and reads the result from the block.
// Each environment has one block, inside an ArrayBuffer that JavaScript allocated: Electron's memory cage forbids
// external buffers.
struct Block {
  Registers registers;
  // The short strings among the arguments. The doorbell is called with `text_count` strings of at most kTextUnits
  // units, and encodes each into its buffer; an argument is the address of the descriptor here. The doorbell resets the
  // count.
  uint32_t text_count;
  // The most bytes of a piece of text that is made a JavaScript string from which others are sliced.
  uint32_t text_piece;
  PyVec texts[kTexts];
  char text_buffers[kTexts][kTextBytes];
  // The frame of a framed function, whose status is stored in `result`, and the room for its result.
  Frame frame;
  uint64_t out[kOutWords];
  // The number of a call in the background, which no other call has until its result is taken, and the arguments whose
  // memory has to be copied.
  uint32_t background;
  // Not 0 if the caller wants to be told of the call's progress.
  uint32_t listens;
  uint32_t lent_count;
  // The number of the arguments of a framed function, of which the frame has those with a slot. It is stored for calls
  // in the background and for those with a stream.
  uint32_t argument_count;
  Lent lent[kMaxLent];
  // The objects among the arguments of a call in the background.
  Reference* const* objects;
  uint32_t object_count;
  // kWaits if the call is to wait until Background::Start, and kMatters if its end matters though it was cancelled.
  uint32_t waits;
  Exchange exchange;
  // The regions of a C function that is called in the background, and behind them `pointer_count` numbers: where a
  // pointer is that may lead to one of them. That is an address in a region, or an offset in the registers.
  const Region* regions;
  uint32_t region_count;
  uint32_t pointer_count;
  SmallPost posts[kPosts];
};
static_assert(offsetof(Block, text_count) == 400 && offsetof(Block, text_piece) == 404);
static_assert(offsetof(Block, texts) == 408);
static_assert(offsetof(Block, frame) == 408 + kTexts * (sizeof(PyVec) + kTextBytes));
static_assert(offsetof(Block, background) == offsetof(Block, frame) + sizeof(Frame) + 8 * kOutWords);
static_assert(offsetof(Block, listens) == offsetof(Block, background) + 4);
static_assert(offsetof(Block, lent_count) == offsetof(Block, background) + 8);
static_assert(offsetof(Block, exchange) == offsetof(Block, background) + 32 + kMaxLent * sizeof(Lent));
static_assert(offsetof(Block, regions) == offsetof(Block, exchange) + sizeof(Exchange));
static_assert(offsetof(Block, posts) == offsetof(Block, regions) + 16);
static_assert(sizeof(Block) == offsetof(Block, posts) + sizeof(SmallPost) * kPosts);

// The call code selects the C++ function type through which the addon calls. Bits 0-1 and 6 name the register of the
// result, bit 2 is set if the first argument is a float (win64 only), and bits 8-15 are the number of stack words to
// pass: 0, 4, 8, 16 or 32. The call code of a framed function is bit 3, together with bit 4 if the frame's stream of
// arguments is filled in, with bit 5 if its text is that of a stream and may be taken in pieces, and with bit 7 if it
// is lent functions. The integer register may hold the address of a string of C, which the doorbell then returns as a
// string of JavaScript. A structure by value may be in several registers, which are then in the block as they are after
// the call: the first two of integers; the first floats, kResultFloats of them; the first integer and the first float.
// On AArch64 it may also be in memory whose address has a register of its own: then it is in `stack`, and its size is
// at most that of it.
enum class ResultBank : uint32_t {
  kInt = 0,
  kF64 = 1,
  kF32 = 2,
  kText = 3,
  kInts = 0x40,
  kFloats = 0x41,
  kIntAndFloat = 0x42,
  kMemory = 0x43,
};
constexpr uint32_t kCallCodeResultMask = 0x43;
constexpr uint32_t kCallCodeSeveral = 0x40;
constexpr uint32_t kCallCodeFirstIsFloat = 4;
constexpr uint32_t kCallCodeStackShift = 8;
constexpr uint32_t kCallCodeFramed = 8;
constexpr uint32_t kCallCodeStream = 16;
constexpr uint32_t kCallCodePieces = 32;
constexpr uint32_t kCallCodeFunctions = 128;

// The operation of a frame for which a framed function returns its hash; with 0 it makes the call.
constexpr uint32_t kOperationHash = 1;
// These poll and drop the future of a call, for which the function has returned kStatusPending.
constexpr uint32_t kOperationPoll = 2;
constexpr uint32_t kOperationDrop = 3;

// The flag of a frame whose call runs on the thread that alone retains references to objects. While the call runs, no
// other thread uses one that is among the arguments and held only once.
constexpr uint32_t kFrameUndisturbed = 1;

// The statuses of a framed call whose result is a stream, whatever type the function returns otherwise.
constexpr uint64_t kStatusErr = 1;
constexpr uint64_t kStatusPanic = 2;
// A function of JavaScript has thrown, and the library passes that on: `result` is the address of what it holds.
constexpr uint64_t kStatusThrew = 15;
// An `Err` has that as a source.
constexpr uint64_t kStatusErrOfThrown = 18;
// The function has made a future, which waits for something: `result` is its address, which the library gets back.
constexpr uint64_t kStatusPending = 17;

// The statuses of a framed call that the addon adds to the library's own, which rust/rustdll/src/call.rs names.
// src-ts/call/failure.ts has the same names for all of them.
constexpr uint64_t kStatusTextTooLong = 0x100;  // the text is longer than a JavaScript string can be
constexpr uint64_t kStatusBadResult = 0x101;    // the library describes memory that cannot exist

// The type of a lent argument: the size in bytes of the elements of its innermost lists in bits 0-7; bit 8 if Rust may
// change those; in bits 12-16 the number of lists around them, and from bit 17 on a bit for each of those lists, the
// outermost first, that is set if its elements are pointers to descriptors instead of descriptors.
constexpr uint64_t kLentSizeMask = 0xff;
constexpr uint64_t kLentMutable = 0x100;
constexpr uint64_t kLentDepthShift = 12;
constexpr uint64_t kLentDepthMask = 0x1f;
constexpr uint64_t kLentPointersShift = 17;

// The words that a call in the background reserves for a result in the stream, and for the error of any other.
constexpr size_t kTaskOutWords = 64;
constexpr size_t kTaskErrorWords = 8;

}  // namespace rustdll
