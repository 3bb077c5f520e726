// The raw call: no libffi and no assembly, only C++ function types that cover every mix of arguments.
#pragma once

#include "abi.h"

namespace rustdll {

// Calls `code` with the arguments of `block` and stores what it returns in `block->result`. False, and nothing called,
// when the plan is none of ours.
//
// Invariant (upheld by TypeScript): `code` is a function of the platform's C convention whose parameters are those the
// block was filled for. With a wrong guess this is undefined behaviour, as it is with ctypes.
bool Call(void* code, Block* block);

}  // namespace rustdll
