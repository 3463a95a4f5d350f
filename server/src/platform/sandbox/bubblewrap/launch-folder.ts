/** Where orders lie inside: a folder that can be read there and written outside. */
export const launchFolder = '/run/launch';
