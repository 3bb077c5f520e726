# The fallback build, through node-gyp: `npm run build:gyp`. CMakeLists.txt lists the same sources.
{
  "targets": [
    {
      "target_name": "rustdll",
      "sources": [
        "src-native/addon.cc",
        "src-native/background.cc",
        "src-native/call.cc",
        "src-native/callback.cc",
        "src-native/environment.cc",
        "src-native/foreign.cc",
        "src-native/held.cc",
        "src-native/library.cc",
        "src-native/loaded.cc",
        "src-native/mailbox.cc",
        "src-native/objects.cc",
        "src-native/pool.cc",
        "src-native/posts.cc",
        "src-native/regions.cc",
        "src-native/sections.cc",
        "src-native/task.cc",
        "src-native/text.cc",
        "src-native/thunk.cc",
        "src-native/utf8.cc",
      ],
      "include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": ["NAPI_VERSION=8", "NAPI_DISABLE_CPP_EXCEPTIONS", "NODE_API_NO_EXTERNAL_BUFFERS_ALLOWED", "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS"],
      "conditions": [
        ["OS=='win'", {
          "sources": ["src-native/loader_win32.cc", "src-native/threads_win32.cc"],
          "msvs_settings": {"VCCLCompilerTool": {"AdditionalOptions": ["/std:c++17"]}},
        }, {
          "sources": ["src-native/loader_posix.cc", "src-native/binding_posix.cc", "src-native/threads_posix.cc"],
          "cflags_cc": ["-std=c++17", "-Wall", "-Wextra", "-fvisibility=hidden", "-fvisibility-inlines-hidden"],
        }],
        ["OS=='mac'", {
          "xcode_settings": {
            "CLANG_CXX_LANGUAGE_STANDARD": "c++17",
            "GCC_SYMBOLS_PRIVATE_EXTERN": "YES",
            "MACOSX_DEPLOYMENT_TARGET": "11.0",
          },
        }],
        ["OS=='linux'", {"ldflags": ["-Wl,-z,nodelete", "-Wl,-z,relro,-z,now"]}],
      ],
    },
  ],
}
