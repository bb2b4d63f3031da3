import { standardChain, type CredentialsProvider } from '../generator/sign/live-credentials.ts';
import { LOCAL_CREDENTIALS, type StageAddress } from './stage-connection.ts';

/** Who signs requests to a stage. */
export interface StageSigner {
  credentials(): Promise<CredentialsProvider>;
  /** Environment in which a generator on this machine finds the same credentials; `''` unsets. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The caller of the stage's AWS APIs; on a local stage its own key, whatever this machine is configured for. */
export function signerOf({
  endpoint,
  credentialsProfile,
}: Pick<StageAddress, 'endpoint' | 'credentialsProfile'>): StageSigner {
  if (endpoint === undefined) {
    return {
      credentials: () => standardChain(credentialsProfile),
      variables: credentialsProfile === undefined ? {} : { AWS_PROFILE: credentialsProfile },
    };
  }
  return {
    credentials: async () => async () => LOCAL_CREDENTIALS,
    variables: {
      AWS_PROFILE: '',
      AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
      AWS_SESSION_TOKEN: '',
    },
  };
}
