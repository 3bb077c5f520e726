#include "call.h"

#include <cstring>
#include <utility>

namespace rustdll {
namespace {

template <size_t>
using Word = uint64_t;
template <size_t>
using Real = double;

#ifdef RUSTDLL_POSITIONAL

double AsDouble(uint64_t bits) {
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

// On Windows x64 a variadic double goes to the integer register of its position as well, so that the callee finds the
// second to fourth arguments in whichever register it reads. A variadic function needs one named argument, which is not
// duplicated: hence there are two function types.
template <typename R, size_t... S>
R Invoke(void* code, const Registers& registers, std::index_sequence<S...>) {
  const double second = AsDouble(registers.ints[1]);
  const double third = AsDouble(registers.ints[2]);
  const double fourth = AsDouble(registers.ints[3]);
  if (registers.call_code & kCallCodeFirstIsFloat) {
    // The cast relies on Call's invariant.
    return reinterpret_cast<R (*)(double, ...)>(code)(AsDouble(registers.ints[0]), second, third, fourth,
                                                      registers.stack[S]...);
  }
  // The cast relies on Call's invariant.
  return reinterpret_cast<R (*)(uint64_t, ...)>(code)(registers.ints[0], second, third, fourth, registers.stack[S]...);
}

// No result is in several registers on Windows x64.
template <typename Stack>
bool CallForSeveral(void*, Registers*, ResultBank, Stack) {
  return false;
}

#else

// Integers and floats are counted separately, so that a callee which takes fewer of either, in any order, finds its own
// in the registers it expects and never reads the others. The arguments that have no register are on the stack in the
// order of the parameters. The caller removes them, so it may pass more words than the callee reads.
template <typename R, size_t... I, size_t... F, size_t... S>
R InvokeBanks(void* code, const Registers& registers, std::index_sequence<I...>, std::index_sequence<F...>,
              std::index_sequence<S...>) {
  using Function = R (*)(Word<I>..., Real<F>..., Word<S>...);
  // The cast relies on Call's invariant.
  return reinterpret_cast<Function>(code)(registers.ints[I]..., registers.floats[F]..., registers.stack[S]...);
}

template <typename R, size_t... S>
R Invoke(void* code, const Registers& registers, std::index_sequence<S...> stack) {
  return InvokeBanks<R>(code, registers, std::make_index_sequence<kIntRegisters>(),
                        std::make_index_sequence<kFloatRegisters>(), stack);
}

// The results in several registers. A callee that returns less leaves the rest of them as they are.
struct Ints {
  uint64_t words[2];
};
struct Floats {
  double values[kResultFloats];
};
#ifdef __x86_64__
struct IntAndFloat {
  uint64_t word;
  double value;
};
#else
// As large as any result that the callee may store where the register for the address of a result says.
struct Memory {
  uint64_t words[kStackWords];
};
#endif

// Returns false for a bank that the convention does not have.
template <typename Stack>
bool CallForSeveral(void* code, Registers* registers, ResultBank bank, Stack stack) {
  switch (bank) {
    case ResultBank::kInts: {
      const Ints result = Invoke<Ints>(code, *registers, stack);
      std::memcpy(registers->ints, &result, sizeof result);
      return true;
    }
    case ResultBank::kFloats: {
      const Floats result = Invoke<Floats>(code, *registers, stack);
      std::memcpy(registers->floats, &result, sizeof result);
      return true;
    }
#ifdef __x86_64__
    case ResultBank::kIntAndFloat: {
      const IntAndFloat result = Invoke<IntAndFloat>(code, *registers, stack);
      registers->ints[0] = result.word;
      registers->floats[0] = result.value;
      return true;
    }
#else
    case ResultBank::kMemory: {
      const Memory result = Invoke<Memory>(code, *registers, stack);
      std::memcpy(registers->stack, &result, sizeof result);
      return true;
    }
#endif
    default:
      return false;
  }
}

#endif

template <size_t StackWords>
bool CallWith(void* code, Registers* registers) {
  constexpr std::make_index_sequence<StackWords> stack;
  const auto bank = static_cast<ResultBank>(registers->call_code & kCallCodeResultMask);
  switch (bank) {
    case ResultBank::kText:
      return false;
    case ResultBank::kInt:
      registers->result = Invoke<uint64_t>(code, *registers, stack);
      return true;
    case ResultBank::kF64: {
      const double value = Invoke<double>(code, *registers, stack);
      std::memcpy(&registers->result, &value, sizeof value);
      return true;
    }
    case ResultBank::kF32: {
      const double value = Invoke<float>(code, *registers, stack);
      std::memcpy(&registers->result, &value, sizeof value);
      return true;
    }
    default:
      return CallForSeveral(code, registers, bank, stack);
  }
}

}  // namespace

bool Call(void* code, Registers* registers) {
  switch (registers->call_code >> kCallCodeStackShift) {
    case 0:
      return CallWith<0>(code, registers);
    case 4:
      return CallWith<4>(code, registers);
    case 8:
      return CallWith<8>(code, registers);
    case 16:
      return CallWith<16>(code, registers);
    case 32:
      return CallWith<32>(code, registers);
    default:
      return false;
  }
}

}  // namespace rustdll
