// The operating system's loader of dynamic libraries. A library is never unmapped: Rust code with thread-locals cannot
// be unloaded soundly.
#pragma once

#include <string>

namespace rustdll::loader {

// Opens the library at `path`, an absolute path in UTF-8. Returns null on failure, with the loader's own text in
// `error`.
void* Open(const std::string& path, std::string* error);

// Opens the library at `path` although the loader has one of that path already, which was loaded from an older file.
// Returns null, without a text, on systems where the loader compares only paths; returns the older library if the file
// was overwritten in place.
void* OpenNewer(const std::string& path, std::string* error);

// Returns the address of an exported symbol, or null if the library has none of that name.
void* Symbol(void* library, const std::string& name);

// Keeps the addon itself mapped until the process ends: a Worker that ends must not unmap code that another thread is
// running.
void PinSelf();

}  // namespace rustdll::loader
