// Functions of C that call functions of JavaScript. A library that is written for C gets a plain address, with no place
// for what belongs to it, so there is a fixed number of functions, compiled beforehand, and each is lent to one
// function of JavaScript at a time.
#pragma once

#include <napi.h>

#include <cstddef>
#include <cstdint>

#include "abi.h"

namespace rustdll {

class Environment;

// The thunks of one environment. They differ in the register of their result and, where arguments are positional, in
// the registers of the first four. A thunk that is called on another thread than the environment's, or when nothing is
// bound to it, calls nothing and returns 0.
class Thunks {
 public:
  explicit Thunks(Environment* environment) : environment_(environment) {}
  ~Thunks();
  Thunks(const Thunks&) = delete;
  Thunks& operator=(const Thunks&) = delete;

  // Makes the object that JavaScript uses: `acquire(kind)` returns the address of another thunk, whose number it stores
  // in the exchange, or 0 if all of its kind are in use; it belongs to the environment until `release(number)`.
  // `fault()` returns an error that no function of JavaScript could catch, the number of calls on other threads, or
  // undefined, and forgets it. `dispatch` is called for each call of a thunk, whose number is in the block as the
  // symbol, and whose arguments are in the registers there; it stores the result.
  Napi::Value Open(Napi::Env env, Napi::Function dispatch);

  // Calls the function of JavaScript. Returns the result, as Registers has it.
  uint64_t Call(uint32_t number, const Registers& arguments);

 private:
  static napi_value Acquire(napi_env env, napi_callback_info info);
  static napi_value Release(napi_env env, napi_callback_info info);
  static napi_value Fault(napi_env env, napi_callback_info info);

  Environment* const environment_;
  napi_env env_ = nullptr;
  napi_ref dispatch_ = nullptr;
  // An error that JavaScript could not catch, such as an overflow of the stack where it was to be caught.
  napi_ref error_ = nullptr;
};

// The most words of arguments on the stack of a callback.
constexpr size_t kThunkStack = 8;

}  // namespace rustdll
