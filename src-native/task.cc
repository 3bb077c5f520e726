#include "task.h"

#include <cstdlib>
#include <cstring>
#include <new>

#include "call.h"
#include "mailbox.h"

namespace rustdll {
namespace {

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
  const size_t end = framed ? offsetof(Block, frame) + sizeof(Frame) : sizeof(Registers);
  return lent.slot >= begin && lent.slot + sizeof(void*) <= end && lent.slot % sizeof(void*) == 0;
}

}  // namespace

Task::Task(const Block& block, void* code, bool framed, Mailbox* mailbox)
    : context_{{&kHost, {block.listens != 0 ? kContextListens : 0}, 0}, this},
      code_(code),
      framed_(framed),
      mailbox_(mailbox) {
  std::memcpy(&registers_, &block.registers, sizeof registers_);
  if (framed) std::memcpy(&frame_, &block.frame, sizeof frame_);
  mailbox->Retain();
}

Task* Task::Make(const Block& block, void* code, bool framed, Mailbox* mailbox) {
  if (block.lent_count > kMaxLent) return nullptr;
  const bool streams = framed && (block.registers.call_code & kCallCodeStream) != 0;
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
  const size_t notes = sizeof(Lent) * lists;
  static_assert(sizeof(Task) % 8 == 0 && alignof(Task) == 8 && alignof(Lent) == 8);
  void* memory = std::malloc(sizeof(Task) + notes + counter.bytes());
  if (memory == nullptr) return nullptr;
  Task* task = new (memory) Task(block, code, framed, mailbox);
  // The cast is sound: the memory after the task was allocated for the notes and the copies.
  char* rest = reinterpret_cast<char*>(task + 1);
  task->lent_ = reinterpret_cast<Lent*>(rest);
  Copier copier(rest + notes);
  copy_all(copier, task);
  if (framed) {
    Frame& frame = task->frame_;
    if (!streams) frame.in_count = frame.in_bytes = frame.in_units = 0;
    frame.out_words = task->out_;
    frame.out_room = kTaskOutWords;
    frame.words = {};
    frame.text = {};
    frame.release = nullptr;
    frame.context = &task->context_.context;
  }
  return task;
}

void Task::Destroy() {
  if (framed_ && frame_.release != nullptr) {
    if (frame_.words.ptr != nullptr) frame_.release(&frame_.words);
    if (frame_.text.ptr != nullptr) frame_.release(&frame_.text);
  }
  std::free(progress_.text);
  mailbox_->Release();
  this->~Task();
  std::free(this);
}

void Task::Run() {
  if (!cancelled() && !mailbox_->IsClosed()) {
    if (framed_) {
      // The cast relies on the library's contract, as in Environment::CallFramed.
      registers_.result = reinterpret_cast<uint32_t (*)(Frame*)>(code_)(&frame_);
    } else {
      Call(code_, &registers_);
    }
  }
  mailbox_->Deliver(this);
}

void Task::Refuse() {
  refused_ = true;
  mailbox_->Deliver(this);
}

const Host Task::kHost = {sizeof(Host), 0, Report};

void Task::Report(const Context* context, uint64_t done, uint64_t total, const char* text, uint64_t bytes) {
  // The cast is sound: every context that a library is given is the first field of one of these.
  static_assert(offsetof(OwnContext, context) == 0);
  Task* const task = reinterpret_cast<const OwnContext*>(context)->task;
  char* copy = nullptr;
  if (text != nullptr) {
    // Without memory the text stays what it was.
    copy = static_cast<char*>(std::malloc(bytes > 0 ? bytes : 1));
    if (copy != nullptr) std::memcpy(copy, text, bytes);
  }
  bool is_first;
  {
    Guard guard(task->progress_mutex_);
    is_first = !task->has_progress_;
    task->has_progress_ = true;
    task->progress_.done = done;
    task->progress_.total = total;
    if (copy != nullptr) {
      std::free(task->progress_.text);
      task->progress_.text = copy;
      task->progress_.text_bytes = static_cast<size_t>(bytes);
    }
  }
  // Whoever takes it finds the newest.
  if (is_first) task->mailbox_->Notify();
}

bool Task::TakeProgress(Progress* progress) {
  Guard guard(progress_mutex_);
  if (!has_progress_) return false;
  has_progress_ = false;
  *progress = progress_;
  progress_.text = nullptr;
  return true;
}

void Task::CopyBack() const {
  for (size_t i = 0; i < lent_count_; i++) std::memcpy(lent_[i].origin, lent_[i].copy, lent_[i].bytes);
}

void Task::PutResult(Block* block) {
  block->registers.result = registers_.result;
  block->registers.call_code = registers_.call_code;
  if (!framed_) return;
  Frame& frame = block->frame;
  frame.result = frame_.result;
  frame.words = frame_.words;
  frame.text = frame_.text;
  frame.text_units = frame_.text_units;
  frame.release = frame_.release;
  // The block owns them now.
  frame_.words = {};
  frame_.text = {};
  if (frame.words.ptr == nullptr) std::memcpy(block->out, out_, sizeof out_);
}

}  // namespace rustdll
