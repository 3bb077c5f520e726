// What the names that a library uses are bound to, mended after the operating system's loader has bound them.
#pragma once

namespace rustdll::binding {

// Binds a library that the loader has just mapped to its own symbols, and its writes to the standard streams to ones
// that wait for room. Does nothing where the loader binds a library to itself anyway.
void Mend(void* library);

}  // namespace rustdll::binding
