// The raw call. It needs neither libffi nor assembly: a few C++ function types cover every mix of arguments.
#pragma once

#include "abi.h"

namespace rustdll {

// Calls `code` with the arguments in `registers` and stores its result there. Returns false, without a call, if the
// call code is unknown.
//
// Invariant, which TypeScript upholds: `code` is a function of the platform's C convention, and its parameters are
// those that the registers were filled for. A wrong guess is undefined behaviour, as it is with ctypes.
bool Call(void* code, Registers* registers);

}  // namespace rustdll
