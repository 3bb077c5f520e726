// The libraries that this process has loaded, for all environments.
#pragma once

#include <string>

namespace rustdll::loaded {

// Returns the library that was loaded from the file of this identity, or null if none was. By its identity JavaScript
// tells a file from others, and from an older one at the same path.
void* Find(const std::string& identity);

// Remembers that a library, unless it is null, was loaded from the file of this identity. Returns false if it was
// loaded from another one. A library is never forgotten, as it is never unmapped.
bool Add(const std::string& identity, void* library);

}  // namespace rustdll::loaded
