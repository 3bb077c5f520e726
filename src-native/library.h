// An open library, as JavaScript holds it.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "environment.h"

namespace rustdll {

// `new Library(path)` opens; `symbol(name)` gives the index to ring, or null; `contract()` is what the library says of
// its exported functions before any of its code is called, `table()` the index to ring for the description of them, and
// `entry(i)` that for the i-th; `close()` makes the indices it gave fail. JavaScript keeps the object alive for as long
// as it knows one of them, so the destructor may give them back. The code itself stays mapped.
class Library : public Napi::ObjectWrap<Library> {
 public:
  static Napi::Function Define(Napi::Env env);

  explicit Library(const Napi::CallbackInfo& info);
  ~Library() override;

 private:
  Napi::Value Symbol(const Napi::CallbackInfo& info);
  Napi::Value Contract(const Napi::CallbackInfo& info);
  Napi::Value Table(const Napi::CallbackInfo& info);
  Napi::Value Entry(const Napi::CallbackInfo& info);
  Napi::Value IndexOf(Napi::Env env, void* code, bool framed);
  void Close(const Napi::CallbackInfo& info);

  void* handle_ = nullptr;
  const std::shared_ptr<SymbolTable> table_;
  std::vector<uint32_t> symbols_;
};

}  // namespace rustdll
