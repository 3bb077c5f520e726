#include "thunk.h"

#include <atomic>
#include <cstring>
#include <utility>

#include "environment.h"
#include "saved_block.h"
#include "threads.h"

namespace rustdll {
namespace {

// A thunk's place. The thread is 0 while the thunk belongs to no environment; the owner is used on that thread alone.
struct Place {
  std::atomic<uint64_t> thread{0};
  std::atomic<uint32_t> strays{0};
  Thunks* owner = nullptr;
};

// The number of thunks of each kind: those that take and return integers, by far the most, and the others.
constexpr size_t kUsual = 128;

#ifdef RUSTDLL_POSITIONAL
constexpr size_t kShapes = 16;
constexpr size_t kOther = 4;
#else
constexpr size_t kShapes = 1;
constexpr size_t kOther = 32;
#endif
constexpr size_t kBanks = 3;
constexpr size_t kKinds = kBanks * kShapes;

constexpr size_t CountOf(size_t kind) { return kind == 0 ? kUsual : kOther; }
constexpr size_t FirstOf(size_t kind) { return kind == 0 ? 0 : kUsual + (kind - 1) * kOther; }
constexpr size_t kThunks = FirstOf(kKinds);

Place places[kThunks];
Mutex acquiring;
// Where the search for the next thunk of each kind begins, so that the one that was released last is used last.
size_t next[kKinds];
// The number of strays of all places that nobody has asked for.
std::atomic<uint32_t> all_strays{0};

uint64_t Enter(uint32_t number, const Registers& arguments) {
  Place& place = places[number];
  const uint64_t thread = place.thread.load(std::memory_order_acquire);
  if (thread == 0) return 0;
  if (thread != CurrentThread()) {
    place.strays.fetch_add(1, std::memory_order_relaxed);
    all_strays.fetch_add(1, std::memory_order_relaxed);
    return 0;
  }
  return place.owner->Call(number, arguments);
}

template <typename R>
R As(uint64_t bits) {
  R value;
  static_assert(sizeof value <= sizeof bits);
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

// There are hundreds of these functions, so their code is small rather than fast.
#ifdef __clang__
#define RUSTDLL_SMALL __attribute__((minsize))
#else
#define RUSTDLL_SMALL
#endif

// An integer in a register of its own, and a float.
template <size_t>
using Word = uint64_t;
template <size_t>
using Real = double;

#ifdef RUSTDLL_POSITIONAL

uint64_t Bits(uint64_t value) { return value; }
uint64_t Bits(double value) {
  uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

template <size_t shape, size_t place>
using Positional = std::conditional_t<((shape >> place) & 1) != 0, double, uint64_t>;

template <typename R, size_t shape, uint32_t number, size_t... S>
struct Thunk {
  RUSTDLL_SMALL static R Function(Positional<shape, 0> a, Positional<shape, 1> b, Positional<shape, 2> c,
                                  Positional<shape, 3> d, Word<S>... stack) {
    Registers arguments;
    arguments.ints[0] = Bits(a);
    arguments.ints[1] = Bits(b);
    arguments.ints[2] = Bits(c);
    arguments.ints[3] = Bits(d);
    const uint64_t words[] = {stack...};
    std::memcpy(arguments.stack, words, sizeof words);
    return As<R>(Enter(number, arguments));
  }
};

#else

// Mirrors InvokeBanks in call.cc: the function takes all registers and some words of the stack, and those that its
// caller has not filled hold anything.
template <typename R, uint32_t number, typename Ints, typename Floats, typename Stack>
struct Thunk;
template <typename R, uint32_t number, size_t... I, size_t... F, size_t... S>
struct Thunk<R, number, std::index_sequence<I...>, std::index_sequence<F...>, std::index_sequence<S...>> {
  RUSTDLL_SMALL static R Function(Word<I>... ints, Real<F>... floats, Word<S>... stack) {
    Registers arguments;
    const uint64_t int_words[] = {ints...};
    const double float_words[] = {floats...};
    const uint64_t stack_words[] = {stack...};
    std::memcpy(arguments.ints, int_words, sizeof int_words);
    std::memcpy(arguments.floats, float_words, sizeof float_words);
    std::memcpy(arguments.stack, stack_words, sizeof stack_words);
    return As<R>(Enter(number, arguments));
  }
};

#endif

template <typename R, size_t shape, uint32_t number>
void* CodeOf() {
#ifdef RUSTDLL_POSITIONAL
  static_assert(kThunkStack == 8);
  using Function = Thunk<R, shape, number, 0, 1, 2, 3, 4, 5, 6, 7>;
#else
  static_assert(shape == 0);
  using Function = Thunk<R, number, std::make_index_sequence<kIntRegisters>, std::make_index_sequence<kFloatRegisters>,
                         std::make_index_sequence<kThunkStack>>;
#endif
  // The cast makes the function an address, which libraries call as a function of the type that was declared.
  return reinterpret_cast<void*>(&Function::Function);
}

template <typename R, size_t kind, size_t... I>
void* CodeIn(size_t index, std::index_sequence<I...>) {
  // It is not static, as compilers for Windows would guard its initialization by functions of their library for C++.
  void* const codes[] = {CodeOf<R, kind % kShapes, FirstOf(kind) + I>()...};
  return codes[index];
}

template <size_t kind>
void* CodeOfKind(size_t index) {
  constexpr size_t bank = kind / kShapes;
  using Result = std::conditional_t<bank == 0, uint64_t, std::conditional_t<bank == 1, double, float>>;
  return CodeIn<Result, kind>(index, std::make_index_sequence<CountOf(kind)>());
}

template <size_t... K>
void* CodeAt(size_t kind, size_t index, std::index_sequence<K...>) {
  using Find = void* (*)(size_t);
  constexpr Find finders[] = {CodeOfKind<K>...};
  return finders[kind](index);
}

// Returns the number that is the argument of one of the functions of Open, and in `data` what that passed; `end` if it
// is none below that.
uint32_t NumberBelow(size_t end, napi_env env, napi_callback_info info, void** data) {
  size_t given = 1;
  napi_value argument;
  uint32_t number = 0;
  const bool is_number = napi_get_cb_info(env, info, &given, &argument, nullptr, data) == napi_ok &&
                         napi_get_value_uint32(env, argument, &number) == napi_ok && number < end;
  return is_number ? number : static_cast<uint32_t>(end);
}

void Free(Place* place) {
  place->thread.store(0, std::memory_order_release);
  place->owner = nullptr;
  all_strays.fetch_sub(place->strays.exchange(0, std::memory_order_relaxed), std::memory_order_relaxed);
}

}  // namespace

Thunks::~Thunks() {
  const Guard guard(acquiring);
  for (Place& place : places) {
    if (place.owner == this) Free(&place);
  }
}

Napi::Value Thunks::Open(Napi::Env env, Napi::Function dispatch) {
  env_ = env;
  napi_status status = napi_create_reference(env, dispatch, 1, &dispatch_);
  NAPI_THROW_IF_FAILED(env, status, env.Undefined());
  Napi::Object functions = Napi::Object::New(env);
  napi_value function;
  status = napi_create_function(env, "acquire", NAPI_AUTO_LENGTH, Acquire, this, &function);
  NAPI_THROW_IF_FAILED(env, status, env.Undefined());
  functions.Set("acquire", function);
  status = napi_create_function(env, "release", NAPI_AUTO_LENGTH, Release, this, &function);
  NAPI_THROW_IF_FAILED(env, status, env.Undefined());
  functions.Set("release", function);
  status = napi_create_function(env, "fault", NAPI_AUTO_LENGTH, Fault, this, &function);
  NAPI_THROW_IF_FAILED(env, status, env.Undefined());
  functions.Set("fault", function);
  return functions;
}

napi_value Thunks::Acquire(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  const uint32_t kind = NumberBelow(kKinds, env, info, &data);
  if (kind == kKinds) return nullptr;
  // The cast restores what Open passed; an environment outlives its functions, and keeps this.
  Thunks* const thunks = static_cast<Thunks*>(data);
  double address = 0;
  {
    const Guard guard(acquiring);
    const size_t count = CountOf(kind);
    for (size_t tried = 0; tried < count; tried++) {
      const size_t i = (next[kind] + tried) % count;
      const uint32_t number = static_cast<uint32_t>(FirstOf(kind) + i);
      Place& place = places[number];
      if (place.thread.load(std::memory_order_relaxed) != 0) continue;
      next[kind] = i + 1;
      place.owner = thunks;
      place.thread.store(CurrentThread(), std::memory_order_release);
      thunks->environment_->block()->exchange.held = number;
      // The cast only makes the address a number.
      address = static_cast<double>(reinterpret_cast<uintptr_t>(CodeAt(kind, i, std::make_index_sequence<kKinds>())));
      break;
    }
  }
  napi_value result;
  return napi_create_double(env, address, &result) == napi_ok ? result : nullptr;
}

napi_value Thunks::Release(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  const uint32_t number = NumberBelow(kThunks, env, info, &data);
  if (number == kThunks) return nullptr;
  const Guard guard(acquiring);
  // The owner is compared, and not used.
  if (places[number].owner == data) Free(&places[number]);
  return nullptr;
}

napi_value Thunks::Fault(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  if (napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data) != napi_ok) return nullptr;
  // The cast restores what Open passed, as above.
  Thunks* const thunks = static_cast<Thunks*>(data);
  napi_value result = nullptr;
  if (thunks->error_ != nullptr) {
    napi_get_reference_value(env, thunks->error_, &result);
    napi_delete_reference(env, thunks->error_);
    thunks->error_ = nullptr;
    return result;
  }
  if (all_strays.load(std::memory_order_relaxed) == 0) return nullptr;
  uint32_t strays = 0;
  const Guard guard(acquiring);
  for (Place& place : places) {
    if (place.owner == thunks) strays += place.strays.exchange(0, std::memory_order_relaxed);
  }
  all_strays.fetch_sub(strays, std::memory_order_relaxed);
  return strays > 0 && napi_create_uint32(env, strays, &result) == napi_ok ? result : nullptr;
}

uint64_t Thunks::Call(uint32_t number, const Registers& arguments) {
  napi_handle_scope handles;
  if (napi_open_handle_scope(env_, &handles) != napi_ok) return 0;
  Block* const block = environment_->block();
  uint64_t result = 0;
  {
    const SavedBlock saved(block, CallbackScope{kTexts, kFrameArguments});
    const bool had_room = environment_->TakeRoom();
    CallbackScope* const shared = environment_->callbacks();
    environment_->set_callbacks(nullptr);
    std::memcpy(block->registers.ints, arguments.ints, sizeof arguments.ints);
    std::memcpy(block->registers.floats, arguments.floats, sizeof arguments.floats);
    std::memcpy(block->registers.stack, arguments.stack, 8 * kThunkStack);
    block->registers.symbol = number;
    block->registers.result = 0;
    napi_value dispatch;
    napi_value undefined;
    if (napi_get_reference_value(env_, dispatch_, &dispatch) == napi_ok &&
        napi_get_undefined(env_, &undefined) == napi_ok) {
      if (napi_call_function(env_, undefined, dispatch, 0, nullptr, nullptr) == napi_ok) {
        result = block->registers.result;
      } else {
        napi_value error;
        napi_valuetype type;
        if (napi_get_and_clear_last_exception(env_, &error) == napi_ok && error_ == nullptr &&
            napi_typeof(env_, error, &type) == napi_ok && type == napi_object) {
          napi_create_reference(env_, error, 1, &error_);
        }
      }
    }
    environment_->set_callbacks(shared);
    environment_->ReleasePending();
    if (had_room) environment_->GiveRoom();
  }
  napi_close_handle_scope(env_, handles);
  return result;
}

}  // namespace rustdll
