// The operating system's dynamic loader. A library is opened once for each handle and never unmapped: Rust code with
// thread-locals cannot be unloaded soundly.
#pragma once

#include <string>

namespace rustdll::dl {

// Opens the library at `path`, an absolute path in UTF-8. Null on failure, with the loader's own words in `error`.
void* Open(const std::string& path, std::string* error);

// The address of an exported symbol, or null.
void* Symbol(void* library, const std::string& name);

// Keeps the module that contains this code mapped for as long as the process lives: a Worker that ends must not unmap
// an addon another thread is inside of.
void PinSelf();

}  // namespace rustdll::dl
