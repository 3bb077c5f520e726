#include "loaded.h"

#include <atomic>

namespace rustdll::loaded {
namespace {

struct Entry {
  std::string identity;
  void* library;
  const Entry* next;
};

// Threads only add entries at the front; none is changed or removed, so that the list can be read without a lock.
std::atomic<const Entry*> first{nullptr};

bool IsKnown(void* library) {
  for (const Entry* entry = first.load(); entry != nullptr; entry = entry->next) {
    if (entry->library == library) return true;
  }
  return false;
}

}  // namespace

void* Find(const std::string& identity) {
  for (const Entry* entry = first.load(); entry != nullptr; entry = entry->next) {
    if (entry->identity == identity) return entry->library;
  }
  return nullptr;
}

bool Add(const std::string& identity, void* library) {
  if (library == nullptr) return false;
  // Another thread may have loaded the same file meanwhile.
  if (IsKnown(library)) return Find(identity) == library;
  Entry* entry = new Entry{identity, library, first.load()};
  while (!first.compare_exchange_weak(entry->next, entry)) {
  }
  return true;
}

}  // namespace rustdll::loaded
