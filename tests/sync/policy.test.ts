/** Rights as one table. The expected table is written out by hand, so that a change of the code must be meant. */
import { describe, expect, it } from 'vitest';
import { roles, sees, type Role } from '#core/annotate/audience.ts';
import { may, rights, type Right, type Standing } from '#core/sync/policy.ts';
import { stages, type Stage } from '#core/sync/stage.ts';

const standing = (role: Role, stage: Stage, rest: Partial<Standing> = {}): Standing => ({
  userId: 'u',
  role,
  stage,
  member: true,
  restricted: false,
  writer: false,
  ...rest,
});

const allowed = (role: Role, stage: Stage, rest: Partial<Standing> = {}): string =>
  rights.filter((right) => may(standing(role, stage, rest), right)).join(' ');

describe('rights', () => {
  it('[RT1] on the desk each role has just these rights', () => {
    const table: Record<Role, string> = {
      viewer: 'read export',
      reviewer: 'read comment suggest markFact handOver export release',
      'fact-checker': 'read comment suggest markFact check handOver export release',
      writer: 'read comment suggest handOver export',
      legal: 'read comment suggest markFact check handOver export release',
      editor:
        'read comment suggest edit markFact check decide moderate handOver export release archive share',
      admin:
        'read comment suggest edit markFact check decide moderate handOver export release archive share',
    };
    for (const role of roles) expect(allowed(role, 'desk'), role).toBe(table[role]);
  });

  it('[RT2] a writer edits a draft and suggests after it was handed over; nobody changes text that is cleared or later', () => {
    expect(allowed('writer', 'draft')).toContain('edit');
    expect(allowed('writer', 'checking')).not.toContain('edit');
    const closed: Stage[] = ['cleared', 'published', 'corrected', 'killed'];
    for (const stage of stages)
      for (const role of roles)
        for (const right of ['suggest', 'edit', 'decide'] satisfies Right[])
          if (closed.includes(stage))
            expect(may(standing(role, stage), right), `${role} ${stage}`).toBe(false);
    expect(allowed('editor', 'cleared')).toContain('comment');
  });

  it('[RT3] the desk reads what is not restricted; writers and viewers read only what is theirs', () => {
    for (const role of roles) {
      const outside = { member: false };
      const isDesk = role !== 'viewer' && role !== 'writer';
      expect(may(standing(role, 'desk', outside), 'read'), role).toBe(isDesk);
      expect(may(standing(role, 'desk', { ...outside, restricted: true }), 'read'), role).toBe(
        false,
      );
      expect(may(standing(role, 'desk', { ...outside, writer: true }), 'read'), role).toBe(true);
      if (!isDesk) expect(allowed(role, 'desk', outside), role).toBe('');
    }
  });
});

describe('audience', () => {
  it('[RT4] a desk note is for the desk, a legal note for legal and editors, a named note for those named', () => {
    const seen = (audience: Parameters<typeof sees>[1]): Role[] =>
      roles.filter((role) => sees({ id: 'u', role }, audience));
    expect(seen('all')).toEqual([...roles]);
    expect(seen('desk')).toEqual(['reviewer', 'fact-checker', 'legal', 'editor', 'admin']);
    expect(seen('legal')).toEqual(['legal', 'editor']);
    expect(seen({ people: ['u'] })).toEqual([...roles]);
    expect(seen({ people: ['somebody'] })).toEqual([]);
  });
});
