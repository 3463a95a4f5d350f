/** Nothing here may call another machine: release notices and the tutorials' videos would. */
export default {
  config: { notifications: { releases: false }, tutorials: false, locales: [] },
  bootstrap() {},
};
