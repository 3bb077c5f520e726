// Type-checked rules for TypeScript, the plain recommended ones for scripts. Prettier owns the layout.
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const readonly = (...names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

export default defineConfig(
  globalIgnores(['build/', 'coverage/', 'dist/', 'prebuilds/', 'examples/out/', '**/target/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,

  // Scripts, which run as they stand.
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: readonly(
        'AbortController',
        'AbortSignal',
        'Buffer',
        'TextDecoder',
        'TextDecoderStream',
        'TextEncoder',
        'URL',
        'WebAssembly',
        'console',
        'fetch',
        'performance',
        'process',
        'setTimeout',
        'structuredClone',
      ),
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: readonly('__dirname', '__filename') },
  },
  {
    // Functions that run in a page.
    files: ['examples/service/show-page.mjs'],
    languageOptions: { globals: readonly('MutationObserver', 'document') },
  },
  {
    files: ['examples/electron/renderer.js'],
    languageOptions: { sourceType: 'script', globals: readonly('document', 'window') },
  },

  {
    files: ['**/*.ts', '**/*.mts', '**/*.cts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Names that begin with an underscore fill a place that the syntax asks for.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      // `import x = require('x')` is what a CommonJS package with `export =` needs;
      // `require('./x')` inside a function loads what few programs need when they do, and so does that of `node:module`.
      '@typescript-eslint/no-require-imports': [
        'error',
        { allowAsImport: true, allow: ['^\\.', '^node:module$', '^node-gyp-build$'] },
      ],
      // Brackets mark a key that nothing declares, such as an environment variable.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // Spreading a string into its code points is meant.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Under noUncheckedIndexedAccess an assertion is how a bound that was checked elsewhere is stated. `as T` does the
      // same and names the type besides.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // `Record<never, never>` is written where the type without properties is meant.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // An index signature says what its keys are.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
    },
  },
  {
    // Their enums name numbers that were read from a file or from a typed array.
    files: ['src-ts/file/formats/*.ts', 'src-ts/memory/noted-lists.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
    },
  },
  {
    // The place that generates code, and sees whether that is allowed.
    files: ['src-ts/runtime/code.ts'],
    rules: {
      '@typescript-eslint/no-implied-eval': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    // Types of types: a Rust function that returns `()` is a tuple with `void` in it.
    files: ['src-ts/levels/declare/types/declared.ts'],
    rules: { '@typescript-eslint/no-invalid-void-type': 'off' },
  },
  {
    // Tests call functions whose types nobody knows, and pass values of the wrong type on purpose.
    files: ['test/**/*.{ts,mts,cts}', 'bench/**/*.ts', 'examples/**/*.mts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // Literals are widened to `string` on purpose, to hide them from the types of `declare`.
      '@typescript-eslint/no-inferrable-types': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  {
    // They do what nobody should.
    files: ['test/hazards/**/*.ts'],
    rules: {
      'no-prototype-builtins': 'off',
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/no-array-delete': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-implied-eval': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
  {
    // Programs that are compiled and never run.
    files: ['test/types/**/*.{ts,mts,cts}'],
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 3 }],
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': 'off',
    },
  },
);
