/**
 * What the suite gives on every runtime, as SHA-256. A change here is a change of the numerical
 * contract: results that users have recorded no longer reproduce. After a test run,
 * `node test/runtimes/dist/main.mjs` prints the present values.
 */
export const golden: Readonly<Record<string, string>> = {
  "adam, linear, squared loss": "3632fd95d63ae91211e37af2f22a90d042227145e7467b8defee8d0f6c70897c",
  "adam, depth 2 and 1, log loss":
    "229c65e505fe3011efedadb83c819861ad3920a65e780d6937ef3b0cdc2e9ae5",
  "adam, depth 3, log loss": "820f728f36da9d8a9682aa20c0b81cf28b017a2c95529a87f0306564f54a6cc8",
  "levenberg-marquardt": "5b774f52a32ceca0e35ec788ea08412d2751aef75fad491d5d3560f8d6b47ecc",
  clusters: "615ebac79e8f4b9001b339f3d97f25f50bd40a112acadf867a2ab50bec371580",
  "partition of a machine": "399b038c5656488c08410cf04a9f0e52bdca6539d3dff3437f4dcdb219fa974f",
  "network run": "83248ba036e6a5407a4f3b10898f562d981e50fa1c311ffd10befb535ff9eb3a",
  "least squares": "9e389c70ce59ce8174d45d874e9d3c2cef87070256e536dbbac2c3773e0d7221",
  "symmetric eigenvalues": "b40055ff773288011726ef70b416628019b92378ba643c202e02c95e6857777a",
};
