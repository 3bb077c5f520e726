// The addon's exports: sixteen functions and two classes, which src-ts/crossing/node-api/native.ts describes for
// TypeScript.
#include <napi.h>

#include "abi.h"
#include "background.h"
#include "environment.h"
#include "foreign.h"
#include "library.h"
#include "loaded.h"
#include "loader.h"
#include "pool.h"
#include "sections.h"

namespace rustdll {
namespace {

// attach(buffer: ArrayBuffer): ArrayBuffer returns the buffer of this environment's block: `buffer`, unless there is
// one already. Two copies of the package that load one addon share its block and its doorbell.
Napi::Value Attach(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (info.Length() != 1 || !info[0].IsArrayBuffer()) {
    Napi::TypeError::New(env, "attach: expected an ArrayBuffer").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  Napi::ArrayBuffer buffer = info[0].As<Napi::ArrayBuffer>();
  if (buffer.ByteLength() < sizeof(Block)) {
    Napi::RangeError::New(env, "attach: the buffer is too small").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  return env.GetInstanceData<Environment>()->Attach(buffer);
}

// address(view: TypedArray): number returns the address of the view's memory. A number represents it exactly: an
// address in user space has at most 52 bits on every target.
Napi::Value Address(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (info.Length() != 1 || !info[0].IsTypedArray()) {
    Napi::TypeError::New(env, "address: expected a typed array").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  void* data = nullptr;
  // Napi::TypedArray requires an ArrayBuffer, and would refuse shared memory.
  const napi_status status = napi_get_typedarray_info(env, info[0], nullptr, nullptr, &data, nullptr, nullptr);
  NAPI_THROW_IF_FAILED(env, status, env.Undefined());
  // The cast only makes the address a number; nothing is read through it here.
  return Napi::Number::New(env, static_cast<double>(reinterpret_cast<uintptr_t>(data)));
}

// take(buffer?: ArrayBuffer): void is Environment::Take.
void Take(const Napi::CallbackInfo& info) { info.Env().GetInstanceData<Environment>()->Take(info); }

// release(address: number): string | undefined is Environment::ReleaseObject.
Napi::Value Release(const Napi::CallbackInfo& info) {
  return info.Env().GetInstanceData<Environment>()->ReleaseObject(info);
}

// foreign(): [code, environment] is Environment::Foreign.
Napi::Value Foreign(const Napi::CallbackInfo& info) { return info.Env().GetInstanceData<Environment>()->Foreign(info); }

// answer(): string | undefined is Environment::Answer.
Napi::Value Answer(const Napi::CallbackInfo& info) { return info.Env().GetInstanceData<Environment>()->Answer(info); }

// isLoaded(identity: string): boolean is true if `new Library` would open no file for this identity.
Napi::Value IsLoaded(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (info.Length() != 1 || !info[0].IsString()) {
    Napi::TypeError::New(env, "isLoaded: expected an identity").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  return Napi::Boolean::New(env, loaded::Find(info[0].As<Napi::String>().Utf8Value()) != nullptr);
}

// hasDebugInfo(path: string): boolean is sections::HasDebugInfo.
Napi::Value HasDebugInfo(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (info.Length() != 1 || !info[0].IsString()) {
    Napi::TypeError::New(env, "hasDebugInfo: expected a path").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  return Napi::Boolean::New(env, sections::HasDebugInfo(info[0].As<Napi::String>().Utf8Value().c_str()));
}

// setThreads(limit: number): void sets the most threads that the process may have for calls in the background.
void SetThreads(const Napi::CallbackInfo& info) {
  if (info.Length() != 1 || !info[0].IsNumber()) {
    Napi::TypeError::New(info.Env(), "setThreads: expected a number").ThrowAsJavaScriptException();
    return;
  }
  pool::SetLimit(info[0].As<Napi::Number>().Uint32Value());
}

// threads(): [limit, threads, busy, queued] is pool::Look. It is a typed array, as a setter of Array.prototype would be
// called for the elements of an array.
Napi::Value Threads(const Napi::CallbackInfo& info) {
  const pool::State state = pool::Look();
  Napi::Uint32Array numbers = Napi::Uint32Array::New(info.Env(), 4);
  numbers[0] = state.limit;
  numbers[1] = state.threads;
  numbers[2] = state.busy;
  numbers[3] = state.queued;
  return numbers;
}

// background(drain, dispatch): object makes the functions of Background.
Napi::Value MakeBackground(const Napi::CallbackInfo& info) {
  if (info.Length() != 2 || !info[0].IsFunction() || !info[1].IsFunction()) {
    Napi::TypeError::New(info.Env(), "background: expected two functions").ThrowAsJavaScriptException();
    return info.Env().Undefined();
  }
  return info.Env().GetInstanceData<Environment>()->MakeBackground(info.Env(), info[0].As<Napi::Function>(),
                                                                   info[1].As<Napi::Function>());
}

// thunks(dispatch): object makes the functions of Thunks.
Napi::Value MakeThunks(const Napi::CallbackInfo& info) {
  if (info.Length() != 1 || !info[0].IsFunction()) {
    Napi::TypeError::New(info.Env(), "thunks: expected a function").ThrowAsJavaScriptException();
    return info.Env().Undefined();
  }
  return info.Env().GetInstanceData<Environment>()->MakeThunks(info.Env(), info[0].As<Napi::Function>());
}

// layout() reports the numbers of abi.h. TypeScript refuses an addon whose numbers differ from its own.
Napi::Value Layout(const Napi::CallbackInfo& info) {
  Napi::Object layout = Napi::Object::New(info.Env());
  const auto set = [&](const char* name, size_t value) { layout.Set(name, static_cast<double>(value)); };
  layout.Set("convention", kConvention);
  set("intRegisters", kIntRegisters);
  set("floatRegisters", kFloatRegisters);
  set("stackWords", kStackWords);
  set("vecSize", sizeof(PyVec));
  set("vecPointer", offsetof(PyVec, ptr));
  set("vecLength", offsetof(PyVec, len));
  set("blockSize", sizeof(Block));
  set("blockResult", offsetof(Block, registers) + offsetof(Registers, result));
  set("blockSymbol", offsetof(Block, registers) + offsetof(Registers, symbol));
  set("blockCallCode", offsetof(Block, registers) + offsetof(Registers, call_code));
  set("blockInts", offsetof(Block, registers) + offsetof(Registers, ints));
  set("blockFloats", offsetof(Block, registers) + offsetof(Registers, floats));
  set("blockStack", offsetof(Block, registers) + offsetof(Registers, stack));
  set("blockTextCount", offsetof(Block, text_count));
  set("blockTextPiece", offsetof(Block, text_piece));
  set("blockTexts", offsetof(Block, texts));
  set("texts", kTexts);
  set("textUnits", kTextUnits);
  set("textsOfC", kTextsOfC);
  set("blockFrame", offsetof(Block, frame));
  set("blockOut", offsetof(Block, out));
  set("outWords", kOutWords);
  set("blockBackground", offsetof(Block, background));
  set("blockListens", offsetof(Block, listens));
  set("blockLentCount", offsetof(Block, lent_count));
  set("blockArgumentCount", offsetof(Block, argument_count));
  set("blockLent", offsetof(Block, lent));
  set("maxLent", kMaxLent);
  set("blockObjects", offsetof(Block, objects));
  set("blockObjectCount", offsetof(Block, object_count));
  set("blockWaits", offsetof(Block, waits));
  set("blockExchange", offsetof(Block, exchange));
  set("blockRegions", offsetof(Block, regions));
  set("blockRegionCount", offsetof(Block, region_count));
  set("blockPointerCount", offsetof(Block, pointer_count));
  set("exchangeWords", kExchangeWords);
  set("blockPosts", offsetof(Block, posts));
  set("postSize", sizeof(SmallPost));
  set("frameSize", sizeof(Frame));
  set("frameArguments", offsetof(Frame, arguments));
  return layout;
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  loader::PinSelf();
  // Node-API deletes the instance data when the environment ends.
  Environment* environment = new Environment(env);
  env.SetInstanceData(environment);
  exports.Set("ring", environment->MakeRing(env));
  exports.Set("foreign", Napi::Function::New<Foreign>(env, "foreign"));
  exports.Set("answer", Napi::Function::New<Answer>(env, "answer"));
  exports.Set("attach", Napi::Function::New<Attach>(env, "attach"));
  exports.Set("address", Napi::Function::New<Address>(env, "address"));
  exports.Set("text", environment->MakeText(env));
  exports.Set("take", Napi::Function::New<Take>(env, "take"));
  exports.Set("release", Napi::Function::New<Release>(env, "release"));
  exports.Set("hasDebugInfo", Napi::Function::New<HasDebugInfo>(env, "hasDebugInfo"));
  exports.Set("load", Napi::Function::New<foreign::Load>(env, "load"));
  exports.Set("store", Napi::Function::New<foreign::Store>(env, "store"));
  exports.Set("string", Napi::Function::New<foreign::String>(env, "string"));
  exports.Set("isLoaded", Napi::Function::New<IsLoaded>(env, "isLoaded"));
  exports.Set("setThreads", Napi::Function::New<SetThreads>(env, "setThreads"));
  exports.Set("threads", Napi::Function::New<Threads>(env, "threads"));
  exports.Set("layout", Napi::Function::New<Layout>(env, "layout"));
  exports.Set("Library", Library::Define(env));
  exports.Set("background", Napi::Function::New<MakeBackground>(env, "background"));
  exports.Set("thunks", Napi::Function::New<MakeThunks>(env, "thunks"));
  return exports;
}

}  // namespace
}  // namespace rustdll

static Napi::Object Init(Napi::Env env, Napi::Object exports) { return rustdll::Init(env, exports); }
NODE_API_MODULE(rustdll, Init)
