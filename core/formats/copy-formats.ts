/** The formats that can be written, by the ending of their files; apart from their writers, so that a screen can name them. */
export const copyFormats = ['docx', 'html', 'md', 'txt', 'json'] as const;
export type CopyFormat = (typeof copyFormats)[number];
