import { clientFacts } from './client.js';
import { contractFacts } from './contract.js';

console.log(JSON.stringify({ contract: contractFacts, client: await clientFacts() }));
