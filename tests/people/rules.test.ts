/** The rules about people, written out by hand, so that a change of the code must be meant. */
import { describe, expect, it } from 'vitest';
import { roles, type Role } from '#core/annotate/audience.ts';
import {
  refusesEnd,
  refusesGuest,
  refusesHouseInvitation,
  refusesSharing,
  roleAfterChange,
  rolesForGuests,
  rolesForMembers,
} from '#core/people/rules.ts';
import type { Standing } from '#core/sync/policy.ts';

const standing = (role: Role, rest: Partial<Standing> = {}): Standing => ({
  userId: 'u',
  role,
  stage: 'desk',
  member: false,
  restricted: false,
  writer: false,
  ...rest,
});

describe('rules about people', () => {
  it('[PE1] only an administrator invites to the house', () => {
    for (const role of roles)
      expect(refusesHouseInvitation(role), role).toBe(role === 'admin' ? null : 'FORBIDDEN');
  });

  it('[PE12] an article is shared by its editors, and by administrators though they may not read it', () => {
    const told: Record<Role, string | null> = {
      viewer: 'ARTICLE_UNKNOWN',
      writer: 'ARTICLE_UNKNOWN',
      reviewer: 'FORBIDDEN',
      'fact-checker': 'FORBIDDEN',
      legal: 'FORBIDDEN',
      editor: null,
      admin: null,
    };
    for (const role of roles) expect(refusesSharing(role, standing(role)), role).toBe(told[role]);
    for (const role of roles) {
      const locked = refusesSharing(role, standing(role, { restricted: true }));
      expect(locked, role).toBe(role === 'admin' ? null : 'ARTICLE_UNKNOWN');
    }
    // What counts is what one is in the article.
    expect(refusesSharing('viewer', standing('editor', { member: true }))).toBeNull();
    expect(refusesSharing('editor', standing('viewer', { member: true }))).toBe('FORBIDDEN');
    expect(refusesSharing('admin', null)).toBe('ARTICLE_UNKNOWN');
  });

  it('[PE5] an editor makes readers and writers of guests, an administrator all but administrators', () => {
    expect(rolesForGuests('editor')).toEqual(['viewer', 'writer']);
    expect(rolesForGuests('admin')).toEqual(roles.filter((role) => role !== 'admin'));
    expect(refusesGuest('editor', standing('editor'), 'writer')).toBeNull();
    expect(refusesGuest('editor', standing('editor'), 'reviewer')).toBe('FORBIDDEN');
    expect(refusesGuest('admin', standing('admin'), 'admin')).toBe('FORBIDDEN');
    expect(refusesGuest('legal', standing('legal'), 'viewer')).toBe('FORBIDDEN');
  });

  it('[PE12] an editor gives nobody more in an article than they are in the house', () => {
    expect(rolesForMembers('editor', 'viewer')).toEqual(['viewer', 'writer']);
    expect(rolesForMembers('editor', 'legal')).toEqual(['viewer', 'writer', 'legal']);
    expect(rolesForMembers('editor', 'admin')).toContain('admin');
    expect(rolesForMembers('admin', 'viewer')).toContain('editor');
    expect(rolesForMembers('admin', 'viewer')).not.toContain('admin');
  });

  it('[PE11] a membership follows a change of role when it was given as that role, a writer’s never', () => {
    expect(roleAfterChange('editor', 'editor', 'viewer')).toBe('viewer');
    expect(roleAfterChange('reviewer', 'editor', 'viewer')).toBe('reviewer');
    expect(roleAfterChange('writer', 'writer', 'editor')).toBe('writer');
  });

  it('[PE14] an end that has passed is refused', () => {
    const now = '2026-05-01T00:00:00.000Z';
    expect(refusesEnd(null, now)).toBeNull();
    expect(refusesEnd('2026-05-01T00:00:00.001Z', now)).toBeNull();
    expect(refusesEnd(now, now)).toBe('BAD_REQUEST');
  });
});
