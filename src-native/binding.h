// Corrects the binding of a library's symbols after the operating system's loader has bound them.
#pragma once

namespace rustdll::binding {

// Binds a library that the loader has just mapped to its own symbols, and its writes to the standard streams to
// functions that wait for room. Does nothing where the loader binds a library to its own symbols anyway.
void Mend(void* library);

}  // namespace rustdll::binding
