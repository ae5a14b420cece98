/** Stands for the time of a note whose file gives none, where there is no clock either. */
export const noTime = '1970-01-01T00:00:00.000Z';
