// The Node-API addon with which the benchmark compares: a call that does nothing, and lists that are read and written
// element by element, as addons do.

#include <node_api.h>

#include <cstdint>

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

}  // namespace

NAPI_MODULE_INIT() {
  const napi_property_descriptor functions[] = {
      {"empty", nullptr, Empty, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"addOneNested", nullptr, AddOneNested, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  CHECK(env, napi_define_properties(env, exports, sizeof functions / sizeof *functions, functions));
  return exports;
}
