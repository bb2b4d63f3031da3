import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { StageError } from '../stage-error.ts';

const githubId = z.int().positive();

/** `config/github.json`: who may take the roles of a stage. */
const githubSchema = z
  .strictObject({
    /** `owner/name`, as in the repository's address. */
    repository: z
      .string()
      .regex(/^[A-Za-z0-9-]+\/[\w.-]+$/)
      .optional(),
    /**
     * Numbers of owner and repository: both or neither. GitHub puts them into the tokens of repositories that were made or
     * renamed from July 15, 2026 on, and of those that chose so, and a name that is taken over then opens nothing.
     */
    ownerId: githubId.optional(),
    repositoryId: githubId.optional(),
    /** `existing`: the account has GitHub's identity provider already, of which there can only be one. */
    provider: z.enum(['create', 'existing']).default('create'),
  })
  .refine(({ ownerId, repositoryId }) => (ownerId === undefined) === (repositoryId === undefined), {
    error: 'ownerId and repositoryId come together or not at all',
  });

/** What is needed of GitHub to trust it. */
export interface GithubTrust {
  readonly repository: string;
  readonly ids?: { readonly owner: number; readonly repository: number };
  readonly provider: 'create' | 'existing';
}

/**
 * Text of `github.json` → whom to trust.
 * @throws StageError `GITHUB_INVALID`
 */
export function parseGithub(text: string, file: string): GithubTrust {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new StageError('GITHUB_INVALID', `${file}: not JSON: ${String(cause)}`, cause);
  }
  const parsed = githubSchema.safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || '(file)'}: ${issue.message}`,
    );
    throw new StageError('GITHUB_INVALID', `${file}: ${issues.join('; ')}`, parsed.error);
  }
  const { repository, ownerId, repositoryId, provider } = parsed.data;
  if (repository === undefined) {
    throw new StageError(
      'GITHUB_INVALID',
      `${file}: no repository, want "repository": "owner/name" of the one whose workflows deploy; write it there`,
    );
  }
  const ids = ownerId && repositoryId ? { ids: { owner: ownerId, repository: repositoryId } } : {};
  return { repository, ...ids, provider };
}

/** Reads `config/github.json`. @throws StageError `GITHUB_INVALID` */
export function readGithub(file: string): GithubTrust {
  return parseGithub(readFileSync(file, 'utf8'), 'github.json');
}

/** What GitHub calls a job that runs in an environment of the repository, in the token's `sub`. */
export function subjectOf({ repository, ids }: GithubTrust, environment: string): string {
  const [owner = '', name = ''] = repository.split('/');
  const whose = ids ? `${owner}@${ids.owner}/${name}@${ids.repository}` : repository;
  return `repo:${whose}:environment:${environment}`;
}
