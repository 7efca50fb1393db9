import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LEAST_CONTRAST, THEMES, contrast, lineColour, mix } from '../src/theme.js';

test('a mix of two colours lies between them', () => {
  assert.equal(mix('#000000', '#ffffff', 0), '#000000');
  assert.equal(mix('#000000', '#ffffff', 1), '#ffffff');
  assert.equal(mix('#102030', '#304050', 0.5), '#203040');
});

test('a colour that stands out is left as it is, another is led away from the ground', () => {
  assert.equal(lineColour('#882255', THEMES.light), '#882255');
  const lighter = lineColour('#332288', THEMES.dark);
  assert.notEqual(lighter, '#332288');
  for (const ground of [THEMES.dark.land, THEMES.dark.sea]) {
    assert.ok(contrast(lighter, ground) >= LEAST_CONTRAST);
  }
  assert.equal(lineColour(undefined, THEMES.light), THEMES.light.unknown);
});

test('both themes have the same colours', () => {
  assert.deepEqual(Object.keys(THEMES.light).sort(), Object.keys(THEMES.dark).sort());
});
