/** What puts a stage back after a run that could not. */
export function restoreHint(stackName: string): string {
  return `npx nx run loadtest restore --stage=${stackName.replace(/^Spillway-/, '')}`;
}
