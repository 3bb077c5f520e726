/** The workflow of GitHub Actions in a new project, which builds the library on each platform and packs the package. */

export const WORKFLOW = `# Builds and tests the library on each platform, and packs all of the libraries into one npm package.
name: build

on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  library:
    strategy:
      fail-fast: false
      matrix:
        # A library for Linux needs the glibc of the machine that built it, or a later one: keep these old.
        os: [ubuntu-22.04, ubuntu-22.04-arm, macos-15-intel, macos-15, windows-2025, windows-11-arm]
    name: \${{ matrix.os }}
    runs-on: \${{ matrix.os }}
    env:
      # The oldest macOS that can load the library.
      MACOSX_DEPLOYMENT_TARGET: '11.0'
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 24
      - uses: dtolnay/rust-toolchain@stable
      - run: npm install
      - run: cargo test
      - run: npm test
      - run: npm run native
      - uses: actions/upload-artifact@v4
        with:
          name: native-\${{ matrix.os }}
          path: native
          if-no-files-found: error

  # Alpine and other systems with musl.
  musl:
    strategy:
      fail-fast: false
      matrix:
        os: [ubuntu-24.04, ubuntu-24.04-arm]
    name: musl, \${{ matrix.os }}
    runs-on: \${{ matrix.os }}
    steps:
      - uses: actions/checkout@v5
      - name: build and test in a container
        run: >-
          docker run --rm --volume "$PWD:/package" --workdir /package
          --env RUSTFLAGS="-C target-feature=-crt-static" rust:alpine
          sh -ec 'apk add musl-dev nodejs npm; npm install; npm test; npm run native'
      - uses: actions/upload-artifact@v4
        with:
          name: native-musl-\${{ matrix.os }}
          path: native
          if-no-files-found: error

  package:
    needs: [library, musl]
    # The oldest of the systems with glibc, as packing builds its library once more.
    runs-on: ubuntu-22.04
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 24
      - uses: dtolnay/rust-toolchain@stable
      - run: npm install
      - uses: actions/download-artifact@v5
        with:
          pattern: native-*
          merge-multiple: true
          path: native
      - run: npm pack
      - uses: actions/upload-artifact@v4
        with:
          name: package
          path: '*.tgz'
          if-no-files-found: error
`;
