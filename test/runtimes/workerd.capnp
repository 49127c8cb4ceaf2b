using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (
      name = "suite",
      worker = (
        modules = [
          (name = "workerd.mjs", esModule = embed "workerd.mjs"),
          (name = "kernels.wasm", wasm = embed "kernels.wasm"),
        ],
        compatibilityDate = "2026-01-01",
      ),
    ),
  ],
);
