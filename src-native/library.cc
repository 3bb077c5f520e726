#include "library.h"

#include <cstring>
#include <string>

#include "loaded.h"
#include "loader.h"

namespace rustdll {
namespace {

constexpr size_t kHashDigits = 16;

// A hash as a library's table has it.
std::string Digits(uint64_t hash) {
  std::string digits(kHashDigits, '0');
  for (size_t at = kHashDigits; at > 0; hash >>= 4) digits[--at] = "0123456789abcdef"[hash & 15];
  return digits;
}

}  // namespace

Napi::Function Library::Define(Napi::Env env) {
  return DefineClass(env, "Library",
                     {InstanceMethod<&Library::Symbol>("symbol"), InstanceMethod<&Library::Data>("data"),
                      InstanceMethod<&Library::Contract>("contract"), InstanceMethod<&Library::Table>("table"),
                      InstanceMethod<&Library::Find>("find"), InstanceMethod<&Library::Entry>("entry"),
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

void* Library::AddressOf(const Napi::CallbackInfo& info, const char* problem) {
  if (info.Length() != 1 || !info[0].IsString()) {
    Napi::TypeError::New(info.Env(), problem).ThrowAsJavaScriptException();
    return nullptr;
  }
  return handle_ != nullptr ? loader::Symbol(handle_, info[0].As<Napi::String>().Utf8Value()) : nullptr;
}

Napi::Value Library::Symbol(const Napi::CallbackInfo& info) {
  return IndexOf(info.Env(), AddressOf(info, "symbol: expected a name"), false);
}

Napi::Value Library::Data(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  void* data = AddressOf(info, "data: expected a name");
  if (data == nullptr) return env.Null();
  // The cast only makes the address a number; nothing is read through it here.
  return Napi::Number::New(env, static_cast<double>(reinterpret_cast<uintptr_t>(data)));
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
  // A typed array, as a setter of Array.prototype would be called for the elements of an array.
  Napi::Uint32Array numbers = Napi::Uint32Array::New(env, 2);
  numbers[0] = contract.version;
  numbers[1] = contract.flags;
  return numbers;
}

// table() returns the index of the function that returns the table, or null. The caller has checked the contract.
Napi::Value Library::Table(const Napi::CallbackInfo& info) {
  return IndexOf(info.Env(), handle_ != nullptr ? loader::Symbol(handle_, "rustdll_table") : nullptr, true);
}

// find(hashes) finds the exported functions. `hashes` has 16 hexadecimal digits for each. The search ends at a function
// that is null or returns another hash; the result is the number of functions before it. The caller has checked the
// contract.
Napi::Value Library::Find(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (info.Length() != 1 || !info[0].IsString()) {
    Napi::TypeError::New(env, "find: expected hashes").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  const std::string hashes = info[0].As<Napi::String>().Utf8Value();
  void* find = handle_ != nullptr ? loader::Symbol(handle_, "rustdll_function") : nullptr;
  entries_.clear();
  if (find == nullptr) return Napi::Number::New(env, 0);
  const size_t count = hashes.size() / kHashDigits;
  size_t found = 0;
  while (found < count) {
    // The casts rely on the contract, which says of what type a function of that name is, and those it gives are.
    void* code = reinterpret_cast<void* (*)(uint64_t)>(find)(found);
    entries_.push_back(code);
    if (code == nullptr) break;
    Frame frame{};
    frame.operation = kOperationHash;
    reinterpret_cast<uint32_t (*)(Frame*)>(code)(&frame);
    if (Digits(frame.result).compare(0, kHashDigits, hashes, found * kHashDigits, kHashDigits) != 0) break;
    found++;
  }
  return Napi::Number::New(env, static_cast<double>(found));
}

// entry(i) returns the index of the i-th function that Find has found, or of the one it ended at; null if there is
// none.
Napi::Value Library::Entry(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (info.Length() != 1 || !info[0].IsNumber()) {
    Napi::TypeError::New(env, "entry: expected a number").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  const uint32_t index = info[0].As<Napi::Number>().Uint32Value();
  return IndexOf(env, index < entries_.size() ? entries_[index] : nullptr, true);
}

Napi::Value Library::IndexOf(Napi::Env env, void* code, bool framed) {
  if (code == nullptr) return env.Null();
  symbols_.push_back(table_->Add(code, framed));
  return Napi::Number::New(env, symbols_.back());
}

void Library::Close(const Napi::CallbackInfo&) {
  handle_ = nullptr;
  entries_.clear();
  for (const uint32_t index : symbols_) table_->Disable(index);
}

}  // namespace rustdll
