#include "task.h"

#include <cstdlib>
#include <cstring>
#include <new>

#include "call.h"
#include "held.h"
#include "mailbox.h"
#include "objects.h"
#include "pool.h"

namespace rustdll {
namespace {

// True if the result is the address of a held value, which the library gives away.
bool HasThrown(uint64_t status) { return status == kStatusThrew || status == kStatusErrOfThrown; }

// The type of a lent argument, see kLentSizeMask in abi.h.
class LentType {
 public:
  explicit LentType(uint64_t bits) : bits_(bits) {}

  size_t element_size() const { return static_cast<size_t>(bits_ & kLentSizeMask); }
  bool is_mutable() const { return (bits_ & kLentMutable) != 0; }
  // The number of lists around the innermost ones.
  size_t depth() const { return static_cast<size_t>(bits_ >> kLentDepthShift & kLentDepthMask); }
  // True if the elements of the lists at a level, counted from the outermost, are pointers to descriptors.
  bool has_pointers(size_t level) const { return (bits_ >> (kLentPointersShift + level) & 1) != 0; }

 private:
  const uint64_t bits_;
};

size_t Aligned(size_t bytes) { return (bytes + 7) & ~size_t{7}; }

// Copies lists into contiguous memory. It is run twice over the same lists: first without memory, to count the bytes.
class Copier {
 public:
  Copier() = default;
  explicit Copier(char* memory) : memory_(memory) {}

  size_t bytes() const { return bytes_; }

  // Copies bytes. Returns the address of the copy, or null if it only counts.
  char* Copy(const void* bytes, size_t count) {
    char* to = memory_ == nullptr ? nullptr : memory_ + bytes_;
    if (to != nullptr && count > 0) std::memcpy(to, bytes, count);
    bytes_ += Aligned(count);
    return to;
  }

  // Copies everything that a descriptor refers to, and returns the descriptor of the copy. `found` is called with each
  // list that Rust may change: its address, its copy, its size in bytes.
  template <typename Found>
  PyVec CopyList(const PyVec& list, const LentType& type, size_t level, const Found& found) {
    if (list.len == 0) return list;
    if (level == type.depth()) {
      const size_t count = static_cast<size_t>(list.len) * type.element_size();
      char* copy = Copy(list.ptr, count);
      if (type.is_mutable()) found(list.ptr, copy, count);
      return {copy, list.len};
    }
    const bool has_pointers = type.has_pointers(level);
    const size_t size = has_pointers ? sizeof(void*) : sizeof(PyVec);
    char* elements = Copy(list.ptr, size * list.len);
    // The cast is sound: any object may be read as bytes, here with memcpy.
    const char* from = static_cast<const char*>(list.ptr);
    for (size_t i = 0; i < list.len; i++) {
      if (has_pointers) {
        const void* pointer;
        std::memcpy(&pointer, from + size * i, size);
        const void* copy = CopyPointee(pointer, type, level + 1, found);
        if (elements != nullptr) std::memcpy(elements + size * i, &copy, size);
      } else {
        PyVec element;
        std::memcpy(&element, from + size * i, size);
        const PyVec copy = CopyList(element, type, level + 1, found);
        if (elements != nullptr) std::memcpy(elements + size * i, &copy, size);
      }
    }
    return {elements, list.len};
  }

  // Copies a descriptor and everything that it refers to. Returns the address of the copy, or null for null, which is
  // the `None` of an `Option`.
  template <typename Found>
  const void* CopyPointee(const void* pointer, const LentType& type, size_t level, const Found& found) {
    if (pointer == nullptr) return nullptr;
    PyVec list;
    std::memcpy(&list, pointer, sizeof list);
    char* to = Copy(&list, sizeof list);
    const PyVec copy = CopyList(list, type, level, found);
    if (to != nullptr) std::memcpy(to, &copy, sizeof copy);
    return to;
  }

 private:
  char* const memory_ = nullptr;
  size_t bytes_ = 0;
};

// Returns true if the offset of an argument's pointer is one of an argument's.
bool IsArgument(const Lent& lent, bool framed) {
  const size_t begin = framed ? offsetof(Block, frame) + offsetof(Frame, arguments) : offsetof(Registers, ints);
  const size_t end = framed ? offsetof(Block, frame) + offsetof(Frame, objects) : sizeof(Registers);
  return lent.slot >= begin && lent.slot + sizeof(void*) <= end && lent.slot % sizeof(void*) == 0;
}

// The size of a task with a few short strings or lists, and how many pieces of this size are kept for later tasks. It
// is no power of two, so that the tasks do not share a few sets of the processor's cache.
constexpr size_t kUsualBytes = 1088;
constexpr size_t kMostPieces = 1024;

// The offset of the arguments in a frame, and in the registers.
constexpr size_t kFrameHead = offsetof(Frame, arguments);
constexpr size_t kRegistersHead = offsetof(Registers, stack);

}  // namespace

TaskMemory::~TaskMemory() {
  while (first_ != nullptr) {
    Piece* const next = first_->next;
    std::free(first_);
    first_ = next;
  }
}

void* TaskMemory::Take(size_t bytes) {
  if (bytes > kUsualBytes) return std::malloc(bytes);
  if (first_ == nullptr) return std::malloc(kUsualBytes);
  Piece* const piece = first_;
  first_ = piece->next;
  count_--;
  return piece;
}

void TaskMemory::Give(void* memory, size_t bytes) {
  if (bytes > kUsualBytes || count_ == kMostPieces) {
    std::free(memory);
    return;
  }
  first_ = new (memory) Piece{first_};
  count_++;
}

Task::Task(const Block& block, void* code, bool framed, Mailbox* mailbox)
    : context_{{HostFunctions(), {block.listens != 0 ? kContextListens : 0}, 0}, this},
      code_(code),
      framed_(framed),
      call_code_(block.registers.call_code),
      mailbox_(mailbox) {
  if (framed) {
    std::memcpy(&frame_, &block.frame, kFrameHead + 8 * block.argument_count);
  } else {
    const size_t stack_words = call_code_ >> kCallCodeStackShift & 0xff;
    std::memcpy(&registers_, &block.registers, kRegistersHead + 8 * stack_words);
  }
  mailbox->Retain();
  mailbox->BeginTask();
}

Task* Task::Make(const Block& block, void* code, bool framed, Mailbox* mailbox, TaskMemory* memory) {
  const uint32_t call_code = block.registers.call_code;
  if (block.lent_count > kMaxLent || block.argument_count > kFrameArguments) return nullptr;
  if (!framed && (call_code >> kCallCodeStackShift & 0xff) > kStackWords) return nullptr;
  const bool streams = framed && (call_code & kCallCodeStream) != 0;
  const Frame& given = block.frame;
  size_t lists = 0;
  const auto copy_all = [&](Copier& copier, Task* task) {
    const auto found = [&](void* origin, const void* copy, size_t bytes) {
      if (task != nullptr) const_cast<Lent*>(task->lent_)[task->lent_count_++] = {origin, copy, bytes};
      lists++;
    };
    const void* words = streams ? copier.Copy(given.in_words, 8 * given.in_count) : nullptr;
    const void* text = streams ? copier.Copy(given.in_text, given.in_bytes) : nullptr;
    if (task != nullptr && streams) {
      task->frame_.in_words = static_cast<const uint64_t*>(words);
      task->frame_.in_text = static_cast<const char*>(text);
    }
    for (size_t i = 0; i < block.lent_count; i++) {
      const rustdll::Lent& lent = block.lent[i];
      if (!IsArgument(lent, framed)) return false;
      const void* pointer;
      // The cast is sound: any object may be read as bytes.
      std::memcpy(&pointer, reinterpret_cast<const char*>(&block) + lent.slot, sizeof pointer);
      const void* copy = copier.CopyPointee(pointer, LentType(lent.type), 0, found);
      if (task == nullptr) continue;
      const size_t within = lent.slot - (framed ? offsetof(Block, frame) : 0);
      // The cast is sound: any object may be written as bytes, and the argument is within this one.
      char* own = framed ? reinterpret_cast<char*>(&task->frame_) : reinterpret_cast<char*>(&task->registers_);
      std::memcpy(own + within, &copy, sizeof copy);
    }
    return true;
  };

  Copier counter;
  if (!copy_all(counter, nullptr)) return nullptr;
  const size_t room = !framed ? 0 : (call_code & kCallCodePieces) != 0 ? kTaskOutWords : kTaskErrorWords;
  const size_t news = block.listens != 0 ? sizeof(News) : 0;
  const size_t notes = sizeof(Lent) * lists;
  const size_t references = sizeof(Reference*) * static_cast<size_t>(block.object_count);
  const size_t regions = framed ? 0 : Regions::BytesFor(block);
  const size_t bytes = sizeof(Task) + 8 * room + news + notes + references + counter.bytes() + regions;
  static_assert(sizeof(Task) % 8 == 0 && sizeof(News) % 8 == 0);
  static_assert(alignof(Task) == 8 && alignof(News) == 8 && alignof(Lent) == 8);
  void* allocated = memory->Take(bytes);
  if (allocated == nullptr) return nullptr;
  Task* task = new (allocated) Task(block, code, framed, mailbox);
  task->bytes_ = bytes;
  task->matters_ = block.object_count > 0 || (block.waits & kMatters) != 0;
  task->room_ = static_cast<uint32_t>(room);
  // The casts are sound: the memory after the task was allocated for the room, the news, the notes,
  // the references and the copies.
  char* rest = reinterpret_cast<char*>(task + 1);
  uint64_t* const out = reinterpret_cast<uint64_t*>(rest);
  rest += 8 * room;
  if (news > 0) task->news_ = new (rest) News();
  rest += news;
  task->lent_ = reinterpret_cast<Lent*>(rest);
  task->objects_ = reinterpret_cast<Reference**>(rest + notes);
  Copier copier(rest + notes + references);
  copy_all(copier, task);
  if (regions > 0) task->regions_.Take(block, rest + notes + references + counter.bytes(), &task->registers_);
  for (size_t i = 0; i < block.object_count; i++) {
    block.objects[i]->retain(block.objects[i]);
    task->objects_[task->object_count_++] = block.objects[i];
  }
  if (framed) {
    Frame& frame = task->frame_;
    if (!streams) frame.in_count = frame.in_bytes = frame.in_units = 0;
    frame.flags = 0;
    frame.out_words = out;
    frame.out_room = room;
    frame.words = {};
    frame.text = {};
    frame.release = nullptr;
    frame.objects = nullptr;
    frame.context = &task->context_.context;
  }
  return task;
}

void Task::Destroy(TaskMemory* memory) {
  // A task is refused while its future waits if no thread can be started.
  if (framed_ && status_ == kStatusPending) {
    Enter(kOperationDrop);
    status_ = 0;
  }
  if (framed_ && frame_.release != nullptr) {
    if (frame_.words.ptr != nullptr) frame_.release(&frame_.words);
    if (frame_.text.ptr != nullptr) frame_.release(&frame_.text);
  }
  if (news_ != nullptr) std::free(news_->progress.text);
  if (framed_) Objects::Discard(frame_.objects);
  // The cast restores the address of a held value, which the library passes on with this status.
  if (framed_ && HasThrown(status_)) HeldValue::Of(reinterpret_cast<const Held*>(frame_.result))->Release();
  for (size_t i = 0; i < object_count_; i++) objects_[i]->release(objects_[i], nullptr);
  mailbox_->EndTask();
  mailbox_->Release();
  Release(memory);
}

void Task::Release(TaskMemory* memory) {
  if (owners_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  const size_t bytes = bytes_;
  this->~Task();
  if (memory != nullptr) {
    memory->Give(this, bytes);
  } else {
    std::free(this);
  }
}

void Task::Enter(uint32_t operation) {
  frame_.operation = operation;
  // The cast relies on the library's contract, as in Environment::CallFramed.
  status_ = reinterpret_cast<uint32_t (*)(Frame*)>(code_)(&frame_);
}

void Task::Run() {
  // Whoever cancels the call, or ends its environment, says so before it wakes the task: either this thread reads that
  // below, or it finds the task woken at the end.
  state_.store(kRunning);
  const bool is_pending = framed_ && status_ == kStatusPending;
  if (cancelled() || mailbox_->IsClosed()) {
    if (is_pending) {
      Enter(kOperationDrop);
      status_ = 0;
    }
  } else if (framed_) {
    Enter(is_pending ? kOperationPoll : 0);
    if (status_ == kStatusPending) {
      // From here on another thread may run and destroy the task.
      uint32_t state = kRunning;
      if (state_.compare_exchange_strong(state, kWaiting)) return;
      state_.store(kQueued);
      pool::Publish(this, this);
      return;
    }
  } else {
    Call(code_, &registers_);
  }
  mailbox_->Deliver(this);
}

bool Task::IsWoken() {
  uint32_t state = state_.load();
  for (;;) {
    // The task is queued anyway, or is over.
    if (state == kQueued || state == kWoken) return false;
    if (state_.compare_exchange_weak(state, state == kWaiting ? kQueued : kWoken)) return state == kWaiting;
  }
}

void Task::Wake() {
  if (IsWoken()) pool::Publish(this, this);
}

void Task::Refuse() {
  refused_ = true;
  mailbox_->Deliver(this);
}

void Task::Cancel() {
  context_.context.flags.fetch_or(kContextCancelled);
  mailbox_->CancelRequests(&context_.context);
  Wake();
}

Task* Task::Of(const Context* context) {
  // The cast is sound: every context that a library is given is the first field of one of these.
  static_assert(offsetof(OwnContext, context) == 0);
  return reinterpret_cast<const OwnContext*>(context)->task;
}

void Task::Report(const Context* context, uint64_t done, uint64_t total, const char* text, uint64_t bytes) {
  Task* const task = Of(context);
  News* const news = task->news_;
  if (news == nullptr) return;
  char* copy = nullptr;
  if (text != nullptr) {
    // Without memory the text stays what it was.
    copy = static_cast<char*>(std::malloc(bytes > 0 ? bytes : 1));
    if (copy != nullptr) std::memcpy(copy, text, bytes);
  }
  bool is_first;
  {
    Guard guard(news->mutex);
    is_first = !news->is_new;
    news->is_new = true;
    Progress& progress = news->progress;
    progress.done = done;
    progress.total = total;
    if (copy != nullptr) {
      std::free(progress.text);
      progress.text = copy;
      progress.text_bytes = static_cast<size_t>(bytes);
    }
  }
  // Whoever takes it finds the newest.
  if (is_first) task->mailbox_->Notify();
}

bool Task::TakeProgress(Progress* progress) {
  if (news_ == nullptr) return false;
  Guard guard(news_->mutex);
  if (!news_->is_new) return false;
  news_->is_new = false;
  *progress = news_->progress;
  news_->progress.text = nullptr;
  return true;
}

void Task::CopyBack() const {
  // The regions may have the memory of the lists in them, whose own copies have been changed.
  regions_.PutBack();
  for (size_t i = 0; i < lent_count_; i++) std::memcpy(lent_[i].origin, lent_[i].copy, lent_[i].bytes);
}

void Task::PutResult(Block* block) {
  block->registers.call_code = call_code_;
  if (!framed_) {
    block->registers.result = registers_.result;
    if ((call_code_ & kCallCodeSeveral) != 0) {
      std::memcpy(block->registers.ints, registers_.ints, sizeof(Registers) - offsetof(Registers, ints));
    }
    return;
  }
  block->registers.result = status_;
  Frame& frame = block->frame;
  frame.result = frame_.result;
  frame.words = frame_.words;
  frame.text = frame_.text;
  frame.text_units = frame_.text_units;
  frame.release = frame_.release;
  frame.objects = frame_.objects;
  // The block owns them now.
  frame_.objects = nullptr;
  frame_.words = {};
  frame_.text = {};
  if (HasThrown(status_)) status_ = kStatusErr;
  // A call that succeeds uses the room only for a result in the stream.
  const bool uses_room = status_ != 0 || (call_code_ & kCallCodePieces) != 0;
  if (frame.words.ptr == nullptr && uses_room) std::memcpy(block->out, this + 1, 8 * room_);
}

}  // namespace rustdll
