// For Rust's libraries under wine: they take random numbers from a library of Windows that wine had not before
// version 9.
#include <windows.h>

// advapi32's RtlGenRandom, under the name it is exported by.
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
  return SystemFunction036(data, (ULONG)length);
}
