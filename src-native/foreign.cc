#include "foreign.h"

#include <cstdint>
#include <cstring>

#include "call.h"
#include "environment.h"
#include "text.h"
#include "utf8.h"

namespace rustdll::foreign {
namespace {

// Returns the address that is the first argument, or null.
void* AddressOf(const Napi::CallbackInfo& info) {
  if (info.Length() == 0 || !info[0].IsNumber()) return nullptr;
  // The cast restores an address that a library has passed to JavaScript as a pointer.
  return reinterpret_cast<void*>(static_cast<uintptr_t>(info[0].As<Napi::Number>().DoubleValue()));
}

// Returns the bytes of the second argument, or null if it is no Uint8Array.
void* BytesOf(const Napi::CallbackInfo& info, size_t* count) {
  void* data = nullptr;
  napi_typedarray_type type;
  if (info.Length() != 2 || !info[1].IsTypedArray() ||
      napi_get_typedarray_info(info.Env(), info[1], &type, count, &data, nullptr, nullptr) != napi_ok ||
      type != napi_uint8_array) {
    return nullptr;
  }
  return data;
}

// Makes a string of the bytes up to the first NUL, whose number is then `count`. Returns null if they are too many, or
// no valid UTF-8, which `is_utf8` tells apart.
napi_value StringAt(napi_env env, const char* address, size_t* count, bool* is_utf8) {
  *count = std::strlen(address);
  // The cast is sound: any object may be read as bytes.
  const uint8_t* bytes = reinterpret_cast<const uint8_t*>(address);
  bool ascii = true;
  *is_utf8 = IsUtf8(bytes, *count, &ascii);
  return *is_utf8 ? MakeString(env, bytes, *count, ascii) : nullptr;
}

}  // namespace

void Load(const Napi::CallbackInfo& info) {
  size_t count = 0;
  const void* from = AddressOf(info);
  void* into = BytesOf(info, &count);
  if (from != nullptr && into != nullptr) std::memcpy(into, from, count);
}

void Store(const Napi::CallbackInfo& info) {
  size_t count = 0;
  void* into = AddressOf(info);
  const void* from = BytesOf(info, &count);
  if (from != nullptr && into != nullptr) std::memcpy(into, from, count);
}

napi_value CallForString(napi_env env, void* code, Registers* registers) {
  const uint32_t call_code = registers->call_code;
  registers->call_code = call_code & ~kCallCodeResultMask;
  const bool is_called = Call(code, registers);
  registers->call_code = call_code;
  RingStatus status = kNoCallCode;
  if (is_called) {
    // The cast relies on Call's invariant: the function returns a string of C.
    const char* const address = reinterpret_cast<const char*>(static_cast<uintptr_t>(registers->result));
    if (address == nullptr) return nullptr;
    size_t count = 0;
    bool is_utf8 = false;
    const napi_value string = StringAt(env, address, &count, &is_utf8);
    if (string != nullptr) return string;
    status = kNoString;
  }
  napi_value number;
  return napi_create_uint32(env, status, &number) == napi_ok ? number : nullptr;
}

Napi::Value String(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  const void* address = AddressOf(info);
  if (address == nullptr) return env.Undefined();
  size_t count = 0;
  bool is_utf8 = false;
  const napi_value string = StringAt(env, static_cast<const char*>(address), &count, &is_utf8);
  if (string != nullptr) return Napi::Value(env, string);
  return is_utf8 ? env.Undefined() : Napi::Number::New(env, static_cast<double>(count));
}

}  // namespace rustdll::foreign
