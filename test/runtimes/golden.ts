/**
 * What the suite gives on every runtime, as SHA-256. A change here is a change of the numerical
 * contract: results that users have recorded no longer reproduce. After a test run,
 * `node test/runtimes/dist/main.mjs` prints the present values.
 */
export const golden: Readonly<Record<string, string>> = {
  "adam, linear, squared loss": "943ee9cd1861b9f6a43f5a02cfc8156b32d75a72168e2b1c5ce9100d9f523b55",
  "adam, depth 2 and 1, log loss":
    "762003decc73cb3744b47c33f3121c7b214a76cc58a6900192773c61b6791c49",
  "adam, depth 3, log loss": "a33f6eaad75998fa56647009423f0d2d213b979369ff59ea6742ed7814ad12d3",
  "levenberg-marquardt": "f2c937c644c1dbdca45ce66b9517d22324abb4e5c7f3b01e8e4ecf0f33eade37",
  "network run": "83248ba036e6a5407a4f3b10898f562d981e50fa1c311ffd10befb535ff9eb3a",
  "least squares": "9e389c70ce59ce8174d45d874e9d3c2cef87070256e536dbbac2c3773e0d7221",
  "symmetric eigenvalues": "b40055ff773288011726ef70b416628019b92378ba643c202e02c95e6857777a",
};
