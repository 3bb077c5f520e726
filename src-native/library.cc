#include "library.h"

#include <cstring>
#include <string>

#include "loaded.h"
#include "loader.h"

namespace rustdll {

Napi::Function Library::Define(Napi::Env env) {
  return DefineClass(env, "Library",
                     {InstanceMethod<&Library::Symbol>("symbol"), InstanceMethod<&Library::Contract>("contract"),
                      InstanceMethod<&Library::Table>("table"), InstanceMethod<&Library::Entry>("entry"),
                      InstanceMethod<&Library::Close>("close")});
}

Library::Library(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<Library>(info), table_(info.Env().GetInstanceData<Environment>()->symbols) {
  if (info.Length() != 2 || !info[0].IsString() || !info[1].IsString()) {
    Napi::TypeError::New(info.Env(), "Library: expected a path and an identity").ThrowAsJavaScriptException();
    return;
  }
  const std::string path = info[0].As<Napi::String>().Utf8Value();
  const std::string identity = info[1].As<Napi::String>().Utf8Value();
  handle_ = loaded::Find(identity);
  if (handle_ != nullptr) return;
  std::string text;
  handle_ = loader::Open(path, &text);
  if (loaded::Add(identity, handle_)) return;
  if (handle_ != nullptr) handle_ = loader::OpenNewer(path, &text);
  if (loaded::Add(identity, handle_)) return;
  Napi::Error error = Napi::Error::New(info.Env(), text);
  if (text.empty()) error.Set("code", Napi::String::New(info.Env(), "OLDER"));
  handle_ = nullptr;
  error.ThrowAsJavaScriptException();
}

Library::~Library() {
  for (const uint32_t index : symbols_) table_->Remove(index);
}

Napi::Value Library::Symbol(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (info.Length() != 1 || !info[0].IsString()) {
    Napi::TypeError::New(env, "symbol: expected a name").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  void* code = handle_ != nullptr ? loader::Symbol(handle_, info[0].As<Napi::String>().Utf8Value()) : nullptr;
  return IndexOf(env, code, false);
}

// contract() returns [version, flags], or null if the library's symbol `rustdll_contract` does not begin with the magic
// bytes. The caller has checked in the file that this symbol is data.
Napi::Value Library::Contract(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  const void* data = handle_ != nullptr ? loader::Symbol(handle_, "rustdll_contract") : nullptr;
  if (data == nullptr) return env.Null();
  struct {
    char magic[8];
    uint32_t version;
    uint32_t flags;
  } contract;
  // The symbol has 16 bytes, as docs/abi.md says.
  std::memcpy(&contract, data, sizeof contract);
  if (std::memcmp(contract.magic, "RUSTDLL", 8) != 0) return env.Null();
  Napi::Array numbers = Napi::Array::New(env, 2);
  numbers.Set(uint32_t{0}, contract.version);
  numbers.Set(uint32_t{1}, contract.flags);
  return numbers;
}

// table() returns the index of the function that returns the table, or null. The caller has checked the contract.
Napi::Value Library::Table(const Napi::CallbackInfo& info) {
  return IndexOf(info.Env(), handle_ != nullptr ? loader::Symbol(handle_, "rustdll_table") : nullptr, true);
}

// entry(i) returns the index of the i-th exported function, or null. The caller has checked the contract.
Napi::Value Library::Entry(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (info.Length() != 1 || !info[0].IsNumber()) {
    Napi::TypeError::New(env, "entry: expected a number").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  void* find = handle_ != nullptr ? loader::Symbol(handle_, "rustdll_function") : nullptr;
  if (find == nullptr) return env.Null();
  // The cast relies on the contract, which says what type a function of this name has.
  return IndexOf(env, reinterpret_cast<void* (*)(uint64_t)>(find)(info[0].As<Napi::Number>().Uint32Value()), true);
}

Napi::Value Library::IndexOf(Napi::Env env, void* code, bool framed) {
  if (code == nullptr) return env.Null();
  symbols_.push_back(table_->Add(code, framed));
  return Napi::Number::New(env, symbols_.back());
}

void Library::Close(const Napi::CallbackInfo&) {
  handle_ = nullptr;
  for (const uint32_t index : symbols_) table_->Disable(index);
}

}  // namespace rustdll
