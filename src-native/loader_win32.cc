#include <windows.h>

#include "loader.h"

namespace rustdll::loader {
namespace {

std::wstring Widen(const std::string& text) {
  const int size = static_cast<int>(text.size());
  const int length = MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0);
  std::wstring wide(static_cast<size_t>(length), L'\0');
  MultiByteToWideChar(CP_UTF8, 0, text.data(), size, wide.data(), length);
  return wide;
}

std::string Narrow(const wchar_t* text, int size) {
  const int length = WideCharToMultiByte(CP_UTF8, 0, text, size, nullptr, 0, nullptr, nullptr);
  std::string narrow(static_cast<size_t>(length), '\0');
  WideCharToMultiByte(CP_UTF8, 0, text, size, narrow.data(), length, nullptr, nullptr);
  return narrow;
}

// Returns the system's text for an error code and the code itself, which can be searched for.
std::string Describe(DWORD code) {
  wchar_t* text = nullptr;
  const DWORD length = FormatMessageW(
      FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr, code, 0,
      // The cast is FormatMessage's own convention: with ALLOCATE_BUFFER it stores the address of its text there.
      reinterpret_cast<wchar_t*>(&text), 0, nullptr);
  std::string description = length != 0 ? Narrow(text, static_cast<int>(length)) : "";
  if (text != nullptr) LocalFree(text);
  while (!description.empty() && (description.back() == '\n' || description.back() == '\r')) description.pop_back();
  return description + " (error " + std::to_string(code) + ")";
}

}  // namespace

void* Open(const std::string& path, std::string* error) {
  std::wstring name = Widen(path);
  // LoadLibrary appends `.dll` to a name without an extension, and would open another file than the one that TypeScript
  // has read.
  if (name.find(L'.', name.find_last_of(L"\\/") + 1) == std::wstring::npos) name += L'.';
  // Windows searches for dependencies beside the library and in the system's own folders, never in the working
  // directory or in PATH.
  HMODULE library =
      LoadLibraryExW(name.c_str(), nullptr, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
  if (library == nullptr) *error = Describe(GetLastError());
  return library;
}

void* OpenNewer(const std::string&, std::string*) { return nullptr; }

void* Symbol(void* library, const std::string& name) {
  // The first cast restores the handle that Open returned. The second erases the function's type, which the call code
  // of each call names anew.
  return reinterpret_cast<void*>(GetProcAddress(static_cast<HMODULE>(library), name.c_str()));
}

void PinSelf() {
  HMODULE self;
  // The cast yields an address inside this module, which FROM_ADDRESS requires.
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                     reinterpret_cast<const wchar_t*>(&PinSelf), &self);
}

}  // namespace rustdll::loader
