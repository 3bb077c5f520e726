// Memory of a library, as JavaScript reads and writes it: what pointers that a function has returned lead to. Whether
// an address is valid is known to the library alone, so TypeScript passes only addresses that it was given.
#pragma once

#include <napi.h>

#include "abi.h"

namespace rustdll::foreign {

// load(address: number, into: Uint8Array): void copies as many bytes as `into` has.
void Load(const Napi::CallbackInfo& info);

// store(address: number, from: Uint8Array): void copies all bytes of `from`.
void Store(const Napi::CallbackInfo& info);

// string(address: number): string | number | undefined makes a string of the bytes up to the first NUL. Returns the
// number of bytes if they are no valid UTF-8, and undefined if no string can be so long.
Napi::Value String(const Napi::CallbackInfo& info);

// Calls a function that returns the address of a string of C, and makes its result: undefined for null, and a
// RingStatus if it cannot be a string of JavaScript. Call refuses such functions, so that other calls need not tell
// them apart.
napi_value CallForString(napi_env env, void* code, Registers* registers);

}  // namespace rustdll::foreign
