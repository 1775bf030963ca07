// `npm start`: says what is installed. The tour of the pools grows here as they land.

import manifest from "@millpond/core/package.json" with { type: "json" };

console.log(`${manifest.name} ${manifest.version} on Node ${process.version}`);
console.log(manifest.description);
