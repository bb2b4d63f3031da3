import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readSettings, SettingsError } from './settings.ts';

const SHIPPED = resolve(__dirname, '../slo.json');

describe('readSettings', () => {
  const directory = mkdtempSync(join(tmpdir(), 'spillway-settings-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  function edited(name: string, edit: (text: string) => string): string {
    const file = join(directory, name);
    writeFileSync(file, edit(readFileSync(SHIPPED, 'utf8')));
    return file;
  }

  it('reads the file that ships with the project', () => {
    expect(readSettings(SHIPPED).targets.headroomRatio).toBeGreaterThan(0);
  });

  it.each([
    ['text that is no JSON', () => '{', /JSON/],
    ['an unknown key', (text: string) => text.replace('"horizonMs"', '"horizon"'), /horizon/],
    [
      'a ratio above 1',
      (text: string) => text.replace('"headroomRatio": 0.8', '"headroomRatio": 1.8'),
      /headroomRatio/,
    ],
    ['a missing profile', (text: string) => text.replace('"full"', '"fuller"'), /full/],
  ])('refuses %s and says where', (reason, edit, message) => {
    const file = edited(`${reason.replaceAll(' ', '-')}.json`, edit);
    expect(() => readSettings(file)).toThrow(SettingsError);
    expect(() => readSettings(file)).toThrow(message);
  });

  it('refuses a file that is not there by its name', () => {
    expect(() => readSettings(join(directory, 'none.json'))).toThrow(/none\.json/);
  });
});
