// Whether a library has debug information, which is asked at the first guess. It is asked here because JavaScript would
// take most of the time of that guess to open a file.
#pragma once

namespace rustdll::sections {

// Returns true if the ELF file at `path` has a section of DWARF. Of the file only its header, that of one section and
// the names of sections are read. Anything that is no such file, or cannot be read, has none.
bool HasDebugInfo(const char* path);

}  // namespace rustdll::sections
