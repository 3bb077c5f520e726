// The posted callbacks that wait for JavaScript. Any thread puts them into a ring, and the thread of the environment
// takes them out, without a lock: a mutex would wander between the two with each of them.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "abi.h"

namespace rustdll {

struct Message;

class Posts {
 public:
  // The most posts that wait.
  static constexpr uint64_t kMost = 4096;

  // What waits at one position of the ring.
  struct Place {
    // One more than the position, once all of it is stored. A position is of one lap, so this is never that of another.
    std::atomic<uint64_t> ready;
    SmallPost post;
    // Instead of the post if its arguments are no few words.
    Message* message;
  };

  Posts() = default;
  ~Posts();
  Posts(const Posts&) = delete;
  Posts& operator=(const Posts&) = delete;

  // Makes the ring. Returns false if there is no memory. Called once; until then there is room for nothing.
  bool Open();
  bool IsOpen() const { return places_.load(std::memory_order_acquire) != nullptr; }

  // Takes the next position. Returns false if there is no room. Called on any thread.
  bool Reserve(uint64_t* position);
  // Returns the place at a position that was reserved, to be stored before Publish. Called on any thread.
  Place& At(uint64_t position) const { return places_.load(std::memory_order_relaxed)[position % kMost]; }
  void Publish(uint64_t position) { At(position).ready.store(position + 1); }
  // How many positions were taken. Those that this thread has published are among them.
  uint64_t reserved() const { return reserved_.load(std::memory_order_relaxed); }

  // Returns the next post, or the one so many later, or null if it is not there yet. Called on one thread only.
  Place* Next(uint64_t later = 0) const {
    const uint64_t position = taken_.load(std::memory_order_relaxed) + later;
    if (!IsOpen() || At(position).ready.load() != position + 1) return nullptr;
    return &At(position);
  }
  // Tells that so many were taken, whose places are used again. Called on the same thread.
  void Take(uint64_t count) { taken_.store(taken() + count); }
  uint64_t taken() const { return taken_.load(std::memory_order_relaxed); }

 private:
  // The parts that different threads store into have a line of the processor's cache each.
  static constexpr size_t kLine = 64;

  void* memory_ = nullptr;
  std::atomic<Place*> places_{nullptr};
  [[maybe_unused]] char before_reserved_[kLine] = {};
  std::atomic<uint64_t> reserved_{0};
  [[maybe_unused]] char before_taken_[kLine] = {};
  std::atomic<uint64_t> taken_{0};
  [[maybe_unused]] char after_taken_[kLine] = {};
};

}  // namespace rustdll
