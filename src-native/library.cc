#include "library.h"

#include <string>

#include "dl.h"

namespace rustdll {

Napi::Function Library::Define(Napi::Env env) {
  return DefineClass(env, "Library",
                     {InstanceMethod<&Library::Symbol>("symbol"), InstanceMethod<&Library::Close>("close")});
}

Library::Library(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<Library>(info), table_(info.Env().GetInstanceData<Environment>()->symbols) {
  if (info.Length() != 1 || !info[0].IsString()) {
    Napi::TypeError::New(info.Env(), "Library: expected a path").ThrowAsJavaScriptException();
    return;
  }
  std::string error;
  handle_ = dl::Open(info[0].As<Napi::String>().Utf8Value(), &error);
  if (handle_ == nullptr) Napi::Error::New(info.Env(), error).ThrowAsJavaScriptException();
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
  void* code = handle_ != nullptr ? dl::Symbol(handle_, info[0].As<Napi::String>().Utf8Value()) : nullptr;
  if (code == nullptr) return env.Null();
  symbols_.push_back(table_->Add(code));
  return Napi::Number::New(env, symbols_.back());
}

void Library::Close(const Napi::CallbackInfo&) {
  handle_ = nullptr;
  for (const uint32_t index : symbols_) table_->Disable(index);
}

}  // namespace rustdll
