/** A scenario's name as a person would write it. */
export const scenarioTitle = (name: string): string => name.replaceAll('-', ' ');
