const REFERENCE = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]+?):*\}\}/g;

const KINDS: Readonly<Record<string, string>> = {
  ssm: 'SSM parameter',
  'ssm-secure': 'secure SSM parameter',
  secretsmanager: 'secret',
};

/**
 * Puts the name of a parameter or secret in place of each `{{resolve:…}}`: its value lies on AWS alone.
 * @param onStandIn is told what had to be replaced
 */
export function replaceDynamicReferences(text: string, onStandIn: (what: string) => void): string {
  return text.replace(REFERENCE, (_whole, service: string, name: string) => {
    onStandIn(`${KINDS[service]} ${name}`);
    return name;
  });
}
