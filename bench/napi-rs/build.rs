//! How the linker is to leave Node-API's functions to the program that loads the addon.

fn main() {
    napi_build::setup();
}
