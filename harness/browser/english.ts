/** What makes a browser speak English, whatever this computer speaks: what is pressed in it is found by its words. */

/** Of its command line. On Linux a browser heeds the environment alone. */
export const IN_ENGLISH = '--lang=en-US';

/** This process's environment, but for its language. */
export const englishEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  LANGUAGE: 'en_US',
  LC_ALL: 'C.UTF-8',
});
