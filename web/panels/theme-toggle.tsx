/** Light or dark; the first choice is the system's. */
import { Moon, Sun } from 'lucide-react';
import type { ReactElement } from 'react';
import { IconButton } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';
import { chooseTheme, useIsDark } from '#web/ui/theme.ts';

export function ThemeToggle(): ReactElement {
  const dark = useIsDark();
  const Icon = dark ? Sun : Moon;
  return (
    <IconButton
      label={dark ? messages.theme.toLight : messages.theme.toDark}
      onPress={() => chooseTheme(dark ? 'light' : 'dark')}
    >
      <Icon size={17} aria-hidden="true" />
    </IconButton>
  );
}
