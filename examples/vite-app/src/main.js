// Asks a worker for a program, so that the page stays responsive.

const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => {
  document.querySelector("[role=status]").textContent = data.statement;
  document.querySelector("pre").textContent = data.code;
};
worker.postMessage("start");
