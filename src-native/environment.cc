#include "environment.h"

#include <algorithm>
#include <cstring>

#include "background.h"
#include "call.h"
#include "foreign.h"
#include "saved_block.h"
#include "utf8.h"

namespace rustdll {
namespace {

// The first environment of a thread. Nearly every thread has only one, so its doorbell does not ask Node-API to which
// environment it belongs, which would take a few of the ten or so nanoseconds of a call. Later environments ask.
thread_local Environment* environment_of_thread = nullptr;

// The cast relies on the library's contract: SymbolTable marks as framed only the functions that the library's table
// lists and the function that gives the table.
uint32_t (*FramedFunction(void* code))(Frame*) { return reinterpret_cast<uint32_t (*)(Frame*)>(code); }

}  // namespace

uint32_t SymbolTable::Add(void* code, bool framed) {
  if (!free_.empty()) {
    const uint32_t index = free_.back();
    free_.pop_back();
    symbols_[index] = {code, framed};
    return index;
  }
  symbols_.push_back({code, framed});
  return static_cast<uint32_t>(symbols_.size() - 1);
}

void SymbolTable::Remove(uint32_t index) {
  symbols_[index].code = nullptr;
  free_.push_back(index);
}

Environment::Environment(napi_env env) : objects_(env) {}

Environment::~Environment() {
  ReleasePending();
  if (environment_of_thread == this) environment_of_thread = nullptr;
}

Napi::Value Environment::Attach(Napi::ArrayBuffer buffer) {
  if (block_ != nullptr) return buffer_.Value();
  buffer_ = Napi::Reference<Napi::ArrayBuffer>::New(buffer, 1);
  // The cast relies on these: the buffer is at least as long as a Block (the caller has checked it), a backing store is
  // aligned to 8 and does not move, the reference keeps it alive, and nobody can detach it, since TypeScript never
  // hands it out.
  block_ = static_cast<Block*>(buffer.Data());
  // A task retains the objects among its arguments, and is made on this thread.
  block_->frame.flags = kFrameUndisturbed;
  room_ = {block_->out, kOutWords};
  return buffer;
}

Napi::Value Environment::MakeRing(Napi::Env env) {
  napi_callback callback = Ring;
  if (environment_of_thread == nullptr) {
    environment_of_thread = this;
    callback = RingOfThread;
  }
  napi_value ring;
  const napi_status status = napi_create_function(env, "ring", NAPI_AUTO_LENGTH, callback, this, &ring);
  NAPI_THROW_IF_FAILED(env, status, Napi::Value());
  return Napi::Value(env, ring);
}

Napi::Value Environment::MakeBackground(Napi::Env env, Napi::Function drain, Napi::Function dispatch) {
  backgrounds_.push_back(std::make_unique<Background>(this));
  return backgrounds_.back()->Open(env, drain, dispatch);
}

Napi::Value Environment::MakeThunks(Napi::Env env, Napi::Function dispatch) {
  thunks_.push_back(std::make_unique<Thunks>(this));
  return thunks_.back()->Open(env, dispatch);
}

napi_value Environment::Ring(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data);
  // The cast restores what MakeRing passed; an environment outlives its functions.
  return static_cast<Environment*>(data)->Dispatch(env, info);
}

napi_value Environment::RingOfThread(napi_env env, napi_callback_info info) {
  return environment_of_thread->Dispatch(env, info);
}

RingStatus Environment::EncodeTexts(napi_env env, napi_callback_info info) {
  const bool are_c = (block_->text_count & kTextsOfC) != 0;
  const size_t count = block_->text_count & ~kTextsOfC;
  block_->text_count = 0;
  texts_ = count;
  napi_value texts[kTexts];
  if (count > kTexts) return kNoText;
  // Node-API is asked for exactly as many arguments as there are strings, as it would fill the rest with undefined,
  // which takes time.
  size_t given = count;
  if (napi_get_cb_info(env, info, &given, texts, nullptr, nullptr) != napi_ok) return kNoText;
  for (size_t i = 0; i < count; i++) {
    // Node-API copies UTF-16 in half the time of UTF-8, and unchanged, so that lone surrogates can be detected.
    char16_t units[kTextUnits + kUtf8Padding];
    size_t length = 0;
    if (napi_get_value_string_utf16(env, texts[i], units, kTextUnits + 1, &length) != napi_ok) return kNoText;
    std::memset(units + length, 0, kUtf8Padding * sizeof *units);
    static_assert(3 * kTextUnits + kUtf8Padding + 1 <= kTextBytes);
    char* buffer = block_->text_buffers[i];
    if (!EncodeUtf8(units, length, buffer, &length)) return kLoneSurrogate;
    if (are_c) {
      if (std::memchr(buffer, 0, length) != nullptr) return kNul;
      buffer[length] = '\0';
    }
    // The pointer is stored anew for each call, as Rust may have changed the descriptor in an earlier one.
    block_->texts[i] = {buffer, static_cast<uint32_t>(length)};
  }
  return kRung;
}

RingStatus Environment::Prepare(napi_env env, napi_callback_info info, void** code, bool* framed) {
  if (block_ == nullptr) return kNoBlock;
  if (block_->text_count != 0) {
    const RingStatus status = EncodeTexts(env, info);
    if (status != kRung) return status;
  }
  *framed =
      (block_->registers.call_code & ~(kCallCodeStream | kCallCodePieces | kCallCodeFunctions)) == kCallCodeFramed;
  *code = symbols->Find(block_->registers.symbol, *framed);
  return *code != nullptr ? kRung : kNoSymbol;
}

napi_value Environment::Dispatch(napi_env env, napi_callback_info info) {
  void* code = nullptr;
  bool framed = false;
  RingStatus status = Prepare(env, info, &code, &framed);
  if (status == kRung) {
    if (framed) return CallFramed(env, code);
    if (Call(code, &block_->registers)) return nullptr;
    const auto bank = static_cast<ResultBank>(block_->registers.call_code & kCallCodeResultMask);
    if (bank == ResultBank::kText) return foreign::CallForString(env, code, &block_->registers);
    status = kNoCallCode;
  }
  napi_value number;
  return napi_create_uint32(env, status, &number) == napi_ok ? number : nullptr;
}

void Environment::PrepareFrame() {
  Frame& frame = block_->frame;
  if (answered_) {
    ReleasePending();
    frame.words = {};
    frame.text = {};
    frame.release = nullptr;
    frame.objects = nullptr;
    answered_ = false;
  }
  // Both words are stored at once, as the library loads them at once: a load that spans two separate stores would stall
  // the processor. They are stored anew for each call, since the library may have changed the frame in an earlier one.
  static_assert(sizeof room_ == 16 && offsetof(Frame, out_room) == offsetof(Frame, out_words) + 8);
  std::memcpy(&frame.out_words, &room_, sizeof room_);
}

napi_value Environment::CallFramed(napi_env env, void* code) {
  PrepareFrame();
  if ((block_->registers.call_code & kCallCodeStream) != 0) {
    CallWithStream(env, FramedFunction(code));
  } else {
    CallWithFrame(FramedFunction(code));
  }
  if (!HasAnswered()) return nullptr;
  answered_ = true;
  AdoptObjects();
  return TakeText(env);
}

void Environment::CallWithFrame(uint32_t (*function)(Frame*)) {
  Frame& frame = block_->frame;
  // The call must not see the stream of an earlier one, whose memory may have been freed.
  frame.in_count = frame.in_bytes = frame.in_units = 0;
  block_->registers.result = function(&frame);
}

bool Environment::HasAnswered() const {
  const Frame& frame = block_->frame;
  return frame.words.ptr != nullptr || frame.text.ptr != nullptr || frame.objects != nullptr ||
         frame.release != nullptr;
}

uint32_t Environment::RingForeign(void* environment) {
  // The cast restores what `foreign` gave to JavaScript, which keeps the addon loaded.
  Environment* const self = static_cast<Environment*>(environment);
  Block* const block = self->block_;
  if (block == nullptr) return kNoBlock;
  if (block->text_count != 0) return kNoText;
  const bool framed = block->registers.call_code == kCallCodeFramed;
  void* const code = self->symbols->Find(block->registers.symbol, framed);
  if (code == nullptr) return kNoSymbol;
  if (!framed) return Call(code, &block->registers) ? kRung : kNoCallCode;
  self->PrepareFrame();
  self->CallWithFrame(FramedFunction(code));
  if (!self->HasAnswered()) return kRung;
  self->answered_ = true;
  return kAnswered;
}

Napi::Value Environment::Foreign(const Napi::CallbackInfo& info) {
  Napi::Float64Array addresses = Napi::Float64Array::New(info.Env(), 2);
  // The casts only make the addresses numbers, which JavaScript passes to the runtime's foreign call.
  addresses[0] = static_cast<double>(reinterpret_cast<uintptr_t>(&RingForeign));
  addresses[1] = static_cast<double>(reinterpret_cast<uintptr_t>(this));
  return addresses;
}

Napi::Value Environment::Answer(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (block_ == nullptr) return env.Undefined();
  AdoptObjects();
  const napi_value text = TakeText(env);
  return text != nullptr ? Napi::Value(env, text) : env.Undefined();
}

void Environment::CallWithStream(napi_env env, uint32_t (*function)(Frame*)) {
  // Only such a call may have functions of JavaScript's among its arguments.
  CallbackScope scope{std::min(texts_, kTexts), std::min<size_t>(block_->argument_count, kFrameArguments)};
  // The library may have pointers to the strings in the block, which callbacks then have to save.
  scope.is_apart = (block_->registers.call_code & kCallCodeFunctions) != 0 && scope.texts == 0;
  CallbackScope* const outer = callbacks_;
  callbacks_ = &scope;
  texts_ = 0;
  block_->registers.result = scope.is_apart ? CallApart(function, scope.arguments) : function(&block_->frame);
  callbacks_ = outer;
  if (scope.handles != nullptr) napi_close_handle_scope(env, scope.handles);
}

uint32_t Environment::CallApart(uint32_t (*function)(Frame*), size_t arguments) {
  Frame frame;
  // The casts are sound: any object may be read and written as bytes.
  unsigned char* const own = reinterpret_cast<unsigned char*>(&frame);
  unsigned char* const shared = reinterpret_cast<unsigned char*>(&block_->frame);
  CopyPiece<offsetof(Frame, arguments)>(own, shared);
  CopyWords(frame.arguments, block_->frame.arguments, arguments);
  frame.objects = nullptr;
  const uint32_t call_code = block_->registers.call_code;
  const bool had_room = TakeRoom();
  const uint32_t status = function(&frame);
  ReleasePending();
  if (had_room) GiveRoom();
  block_->registers.call_code = call_code;
  CopyPiece<offsetof(Frame, arguments)>(shared, own);
  block_->frame.objects = frame.objects;
  return status;
}

Napi::Value Environment::ReleaseObject(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (block_ == nullptr || info.Length() != 1 || !info[0].IsNumber()) return env.Undefined();
  PrepareFrame();
  const uintptr_t address = static_cast<uintptr_t>(info[0].As<Napi::Number>().DoubleValue());
  // The cast restores the address of a reference that a result had, which TypeScript gives back once.
  block_->registers.result = objects_.Release(reinterpret_cast<Reference*>(address), &block_->frame);
  block_->registers.call_code = kCallCodeFramed;
  answered_ = true;
  const napi_value text = TakeText(env);
  return text != nullptr ? Napi::Value(env, text) : env.Undefined();
}

napi_value Environment::TakeText(napi_env env) {
  Frame& frame = block_->frame;
  uint64_t& status_of_call = block_->registers.result;
  if (frame.words.ptr == nullptr && frame.text.ptr == nullptr) return nullptr;

  if (frame.release == nullptr) {
    // This memory cannot be freed, as it is unknown who owns it.
    status_of_call = kStatusBadResult;
    frame.words = {};
    return nullptr;
  }
  // The addon has to trust the library for the memory itself, and can only check its sizes.
  if (frame.words.bytes > frame.words.capacity || frame.text.bytes > frame.text.capacity) {
    status_of_call = kStatusBadResult;
  }
  napi_value text = nullptr;
  if (frame.text.ptr != nullptr) {
    const bool ascii = frame.text_units == frame.text.bytes;
    const bool streams = status_of_call == kStatusErr || status_of_call == kStatusPanic ||
                         (status_of_call == 0 && (block_->registers.call_code & kCallCodePieces) != 0);
    if (streams && frame.text.bytes > block_->text_piece) {
      text_.Hold(frame.text, frame.release, ascii);
    } else {
      if (status_of_call != kStatusBadResult) {
        text = MakeString(env, frame.text.ptr, static_cast<size_t>(frame.text.bytes), ascii);
        if (text == nullptr) status_of_call = kStatusTextTooLong;
      }
      frame.release(&frame.text);
      frame.text = {};
    }
  }
  if (frame.words.ptr != nullptr) {
    pending_ = frame.words;
    release_ = frame.release;
    if (status_of_call >= kStatusTextTooLong) ReleaseWords();
  }
  return text;
}

void Environment::Take(const Napi::CallbackInfo& info) {
  if (pending_.ptr != nullptr && info.Length() == 1 && info[0].IsArrayBuffer()) {
    Napi::ArrayBuffer buffer = info[0].As<Napi::ArrayBuffer>();
    // An empty buffer has no memory to copy to.
    if (pending_.bytes > 0 && buffer.ByteLength() >= pending_.bytes) {
      std::memcpy(buffer.Data(), pending_.ptr, pending_.bytes);
    }
  }
  if (info.Length() == 0) text_.Release();
  ReleaseWords();
}

Napi::Value Environment::MakeText(Napi::Env env) {
  napi_value text;
  const napi_status status = napi_create_function(env, "text", NAPI_AUTO_LENGTH, NextText, this, &text);
  NAPI_THROW_IF_FAILED(env, status, Napi::Value());
  return Napi::Value(env, text);
}

napi_value Environment::NextText(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  napi_value arguments[2];
  size_t given = 2;
  uint32_t back = 0;
  uint32_t units = 0;
  // The cast restores what MakeText passed; an environment outlives its functions.
  if (napi_get_cb_info(env, info, &given, arguments, nullptr, &data) != napi_ok ||
      napi_get_value_uint32(env, arguments[0], &back) != napi_ok ||
      napi_get_value_uint32(env, arguments[1], &units) != napi_ok) {
    return nullptr;
  }
  Environment* const environment = static_cast<Environment*>(data);
  if (environment->block_ == nullptr) return nullptr;
  return environment->text_.Next(env, back, units, environment->block_->text_piece);
}

}  // namespace rustdll
