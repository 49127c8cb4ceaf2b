// Writes the custom section that as-bind's runtime reads: the types of the exported functions, and
// the run-time ids of the classes that they take and return. as-bind's own transform was made for
// AssemblyScript 0.19 and fails under 0.28.
import { Transform } from "assemblyscript/transform";

const userEntry = 1; // SourceKind.UserEntry

function typeName(type) {
  return type.getClass()?.internalName ?? type.toString();
}

// biome-ignore lint/style/noDefaultExport: asc looks for the default export
export default class extends Transform {
  afterCompile(module) {
    const typeIds = {};
    const exportedFunctions = {};
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
          if (cls) typeIds[cls.internalName] = { id: cls.id, byteSize: cls.nextMemoryOffset };
        }
        exportedFunctions[name] = {
          parameters: parameterTypes.map(typeName),
          returnType: typeName(returnType),
        };
      }
    }
    const section = JSON.stringify({ typeIds, importedFunctions: {}, exportedFunctions });
    module.addCustomSection("as-bind_bindings", new TextEncoder().encode(section));
  }
}
