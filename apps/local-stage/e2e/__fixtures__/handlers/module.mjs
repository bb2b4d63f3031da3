await Promise.resolve();
export const handler = async () => 'from a module';
export default { nested: { handler: async () => 'from the default export' } };
