// An open library, as a JavaScript object.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "environment.h"

namespace rustdll {

// `new Library(path, identity)` opens the library at a path, or takes the one that was loaded from the file of that
// identity, by whichever path and in whichever environment. It throws an error with the code `OLDER` if the loader
// returns only one that was loaded from another file. `symbol(name)` returns the index of a function, by which the
// doorbell calls it, or null; `data(name)` returns the address of a static, or null. If the library has exported
// functions, `contract()` returns the version and the flags of the contract, before any code of the library is called;
// `table()` returns the index of the function that returns the table, `find(hashes)` finds the exported functions and
// compares their hashes, and `entry(i)` returns the index of the i-th of them. `close()` makes calls of any of these
// indices fail. JavaScript keeps the object alive for as long as it knows one of the indices, so that the destructor
// may give them back. The code itself stays mapped.
class Library : public Napi::ObjectWrap<Library> {
 public:
  static Napi::Function Define(Napi::Env env);

  explicit Library(const Napi::CallbackInfo& info);
  ~Library() override;

 private:
  Napi::Value Symbol(const Napi::CallbackInfo& info);
  Napi::Value Data(const Napi::CallbackInfo& info);
  Napi::Value Contract(const Napi::CallbackInfo& info);
  Napi::Value Table(const Napi::CallbackInfo& info);
  Napi::Value Find(const Napi::CallbackInfo& info);
  Napi::Value Entry(const Napi::CallbackInfo& info);
  Napi::Value IndexOf(Napi::Env env, void* code, bool framed);
  // Returns the address of the symbol with the name that is the argument, or null. Throws an error that
  // tells the problem if that is no name.
  void* AddressOf(const Napi::CallbackInfo& info, const char* problem);
  void Close(const Napi::CallbackInfo& info);

  void* handle_ = nullptr;
  const std::shared_ptr<SymbolTable> table_;
  std::vector<uint32_t> symbols_;
  // The exported functions that Find has found.
  std::vector<void*> entries_;
};

}  // namespace rustdll
