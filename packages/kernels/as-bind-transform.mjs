// Writes the custom section that as-bind's runtime reads: the types of the exported functions, the
// run-time ids of the arrays that they take and return, and the fields of the records that they
// take. as-bind's own transform was made for AssemblyScript 0.19 and fails under 0.28. The same
// types become dist/wasm.d.ts, against which the calls in src/ are checked.
import { Transform } from "assemblyscript/transform";

const userEntry = 1; // SourceKind.UserEntry
// those that converters.ts writes
const fieldTypes = ["i32", "u32", "f64"];

function typeName(type) {
  return type.getClass()?.internalName ?? type.toString();
}

/** [name, type, offset] of each field, those of base classes first. */
function fieldsOf(cls) {
  const properties = [...cls.members.values()].map((member) => member.instance);
  return properties
    .filter((property) => property?.memoryOffset >= 0)
    .map(({ name, type, memoryOffset }) => {
      const field = typeName(type);
      if (!fieldTypes.includes(field)) throw new Error(`${cls.name}.${name}: ${field} in a record`);
      return [name, field, memoryOffset];
    });
}

function scriptType(name) {
  if (name === "void") return name;
  if (name === "bool") return "boolean";
  if (name === "~lib/typedarray/Int64Array") return "BigInt64Array";
  if (name.startsWith("~lib/") || name.startsWith("assembly/")) return name.split("/").at(-1);
  return "number";
}

function scriptFields(fields) {
  return fields.map(([name, type]) => `  readonly ${name}: ${scriptType(type)};\n`).join("");
}

// biome-ignore lint/style/noDefaultExport: asc looks for the default export
export default class extends Transform {
  async afterCompile(module) {
    const typeIds = {};
    const exportedFunctions = {};
    let functions = "";
    for (const file of this.program.filesByName.values()) {
      if (file.source.sourceKind !== userEntry) continue;
      for (const [name, element] of file.exports ?? []) {
        const instance = element.instances?.get("");
        if (!instance?.signature) {
          throw new Error(`${name}: only plain functions can be exported from the entry file`);
        }
        const { parameterTypes, returnType } = instance.signature;
        for (const type of [...parameterTypes, returnType]) {
          const cls = type.getClass();
          if (!cls) continue;
          const size = { id: cls.id, byteSize: cls.nextMemoryOffset };
          typeIds[cls.internalName] = type.isUnmanaged ? { ...size, fields: fieldsOf(cls) } : size;
        }
        const parameters = parameterTypes.map(typeName);
        exportedFunctions[name] = { parameters, returnType: typeName(returnType) };
        const script = parameters.map(
          (type, i) => `${instance.getParameterName(i)}: ${scriptType(type)}`,
        );
        functions += `  ${name}(${script.join(", ")}): ${scriptType(typeName(returnType))};\n`;
      }
    }
    const section = JSON.stringify({ typeIds, importedFunctions: {}, exportedFunctions });
    module.addCustomSection("as-bind_bindings", new TextEncoder().encode(section));
    const records = Object.entries(typeIds).filter(([, { fields }]) => fields);
    const interfaces = records.map(
      ([name, { fields }]) =>
        `export interface ${scriptType(name)} {\n${scriptFields(fields)}}\n\n`,
    );
    const wasm = `/** The functions of kernels.wasm. */\nexport interface Wasm {\n${functions}}\n`;
    this.writeFile("packages/kernels/dist/wasm.d.ts", interfaces.join("") + wasm, this.baseDir);
  }
}
