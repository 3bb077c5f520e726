// Node-API on Windows. An import library would name node.exe, and the addon would load into no program of another name:
// Electron, Bun, Deno. Instead, the pointers that an import library would have made are defined here, and filled from
// the program that loads the addon. node_api_functions.h is generated: the functions that the addon calls.
#include <windows.h>

#include "node_api_functions.h"

extern "C" {
#define DEFINE_POINTER(name) FARPROC __imp_##name;
RUSTDLL_NODE_API_FUNCTIONS(DEFINE_POINTER)
}

namespace {

struct Import {
  const char* name;
  FARPROC* pointer;
};

#define LIST_IMPORT(name) {#name, &__imp_##name},
constexpr Import kImports[] = {RUSTDLL_NODE_API_FUNCTIONS(LIST_IMPORT)};

bool ImportFrom(HMODULE host) {
  if (host == nullptr) return false;
  for (const Import& import : kImports) {
    *import.pointer = GetProcAddress(host, import.name);
    if (*import.pointer == nullptr) return false;
  }
  return true;
}

}  // namespace

// Fails, and so does the loading, where no part of the process has all of the functions. The system holds its loader's
// lock: all this may do is to look at what is loaded already.
extern "C" BOOL WINAPI DllMain(HINSTANCE, DWORD reason, LPVOID) {
  if (reason != DLL_PROCESS_ATTACH) return TRUE;
  // The program itself, then those libraries that a program may have put its Node into.
  return ImportFrom(GetModuleHandleW(nullptr)) || ImportFrom(GetModuleHandleW(L"node.dll")) ||
         ImportFrom(GetModuleHandleW(L"libnode.dll")) || ImportFrom(GetModuleHandleW(L"nw.dll"));
}
