import GithubSlugger from 'github-slugger';

/** Something found in a Markdown file, and where. */
export interface Found {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** What of a Markdown file can be right or wrong. */
export interface MarkdownFacts {
  /** Lines of shell blocks, and inline code that is a command. */
  readonly commands: readonly Found[];
  /** Targets of links that stay in the repository. */
  readonly links: readonly Found[];
  /** Inline code that is a path. */
  readonly paths: readonly Found[];
  /** What a link may name after `#`, as GitHub makes it of headings. */
  readonly anchors: ReadonlySet<string>;
}

const PROGRAMS = /^(npx|npm|node|bash) \S|^aws [a-z-]+ [a-z-]+ /;
const PATH = /^(apps|libs|tools|docs|src|e2e|\.github|\.ci)\/[\w./-]+$/;

/** Markdown → what it says to run and where it points. */
export function readMarkdown(text: string): MarkdownFacts {
  const commands: Found[] = [];
  const links: Found[] = [];
  const paths: Found[] = [];
  const slugger = new GithubSlugger();
  const anchors = new Set<string>();
  let fence: string | null = null;
  for (const [index, source] of text.split('\n').entries()) {
    const line = index + 1;
    const opened = /^\s*```(\w*)/.exec(source);
    if (opened) {
      fence = fence === null ? (opened[1] ?? '') : null;
      continue;
    }
    if (fence !== null) {
      const command = source.trim();
      if (/^(sh|bash)$/.test(fence) && command !== '' && !command.startsWith('#'))
        commands.push({ line, text: command });
      continue;
    }
    const heading = /^#+ (.*)$/.exec(source);
    if (heading) anchors.add(slugger.slug((heading[1] ?? '').replaceAll('`', '')));
    // In a table a bar of the text is written with a backslash.
    const spans = [...source.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span.replaceAll('\\|', '|'));
    commands.push(...spans.filter((span) => PROGRAMS.test(span)).map((span) => ({ line, text: span })));
    paths.push(...spans.filter((span) => PATH.test(span)).map((span) => ({ line, text: span })));
    links.push(
      ...[...source.replaceAll(/`[^`]+`/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^[a-z]+:/.test(target))
        .map((target) => ({ line, text: target })),
    );
  }
  return { commands, links, paths, anchors };
}
