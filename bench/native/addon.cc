// The Node-API addon with which the benchmark compares: a call that does nothing, and lists that are read and written
// element by element, as addons do.

#include <node_api.h>

#include <cstdint>
#include <cstdlib>

namespace {

// Ends a function of the addon with the error of a Node-API call that failed.
#define CHECK(env, call)                                 \
  do {                                                   \
    if ((call) != napi_ok) {                             \
      napi_throw_error((env), nullptr, #call " failed"); \
      return nullptr;                                    \
    }                                                    \
  } while (false)

// empty(...args): does nothing, and so takes the time of the crossing alone.
napi_value Empty(napi_env, napi_callback_info) { return nullptr; }

// addOneNested(lists): adds one to every number of every list.
napi_value AddOneNested(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value lists = nullptr;
  CHECK(env, napi_get_cb_info(env, info, &argc, &lists, nullptr, nullptr));
  uint32_t rows = 0;
  CHECK(env, napi_get_array_length(env, lists, &rows));
  for (uint32_t i = 0; i < rows; i++) {
    // A scope for each row releases its handles, which would otherwise accumulate.
    napi_handle_scope scope = nullptr;
    CHECK(env, napi_open_handle_scope(env, &scope));
    napi_value list = nullptr;
    uint32_t length = 0;
    CHECK(env, napi_get_element(env, lists, i, &list));
    CHECK(env, napi_get_array_length(env, list, &length));
    for (uint32_t k = 0; k < length; k++) {
      napi_value element = nullptr;
      int64_t number = 0;
      CHECK(env, napi_get_element(env, list, k, &element));
      CHECK(env, napi_get_value_int64(env, element, &number));
      CHECK(env, napi_create_int64(env, number + 1, &element));
      CHECK(env, napi_set_element(env, list, k, element));
    }
    CHECK(env, napi_close_handle_scope(env, scope));
  }
  return nullptr;
}

// shout(text): a text of at most 100 bytes, with ASCII letters in upper case, through memory of its own as in Rust.
napi_value Shout(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value text = nullptr;
  CHECK(env, napi_get_cb_info(env, info, &argc, &text, nullptr, nullptr));
  char buffer[101];
  size_t length = 0;
  CHECK(env, napi_get_value_string_utf8(env, text, buffer, sizeof buffer, &length));
  char* const own = static_cast<char*>(std::malloc(length));
  for (size_t i = 0; i < length; i++)
    own[i] = static_cast<char>(buffer[i] - (buffer[i] >= 'a' && buffer[i] <= 'z') * 32);
  const napi_status status = napi_create_string_utf8(env, own, length, &text);
  std::free(own);
  CHECK(env, status);
  return text;
}

// callTimes(times, f): the sum of f(0), f(1) and so on.
napi_value CallTimes(napi_env env, napi_callback_info info) {
  size_t argc = 2;
  napi_value arguments[2] = {};
  napi_value undefined = nullptr;
  uint32_t times = 0;
  CHECK(env, napi_get_cb_info(env, info, &argc, arguments, nullptr, nullptr));
  CHECK(env, napi_get_value_uint32(env, arguments[0], &times));
  CHECK(env, napi_get_undefined(env, &undefined));
  double sum = 0;
  for (uint32_t i = 0; i < times; i++) {
    napi_value number = nullptr;
    double result = 0;
    CHECK(env, napi_create_double(env, i, &number));
    CHECK(env, napi_call_function(env, undefined, arguments[1], 1, &number, &number));
    CHECK(env, napi_get_value_double(env, number, &result));
    sum += result;
  }
  napi_value total = nullptr;
  CHECK(env, napi_create_double(env, sum, &total));
  return total;
}

}  // namespace

NAPI_MODULE_INIT() {
  const napi_property_descriptor functions[] = {
      {"empty", nullptr, Empty, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"addOneNested", nullptr, AddOneNested, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"shout", nullptr, Shout, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"callTimes", nullptr, CallTimes, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  CHECK(env, napi_define_properties(env, exports, sizeof functions / sizeof *functions, functions));
  return exports;
}
