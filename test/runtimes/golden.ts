/**
 * What the suite gives on every runtime, as SHA-256. A change here is a change of the numerical
 * contract: results that users have recorded no longer reproduce. After a test run,
 * `node test/runtimes/dist/main.mjs` prints the present values.
 */
export const golden: Readonly<Record<string, string>> = {
  "adam, linear, squared loss": "6643d94a24abb32677ea4963e53ddb11999bd2416abc2f5caaad70e9599a9905",
  "adam, depth 2 and 1, log loss":
    "df501ecfb926ee6a5cd278691958ab4341f64fa1207b826b4d75c203a52ecb94",
  "adam, depth 3, log loss": "6555d74bfb258d5efe2e691292108aee7c1807fa2d021e2ac382361122e18770",
  "levenberg-marquardt": "f2c937c644c1dbdca45ce66b9517d22324abb4e5c7f3b01e8e4ecf0f33eade37",
  "network run": "83248ba036e6a5407a4f3b10898f562d981e50fa1c311ffd10befb535ff9eb3a",
  "least squares": "9e389c70ce59ce8174d45d874e9d3c2cef87070256e536dbbac2c3773e0d7221",
  "symmetric eigenvalues": "b40055ff773288011726ef70b416628019b92378ba643c202e02c95e6857777a",
};
