//! Tells the linker that the program that loads the addon provides Node-API's functions.

fn main() {
    napi_build::setup();
}
