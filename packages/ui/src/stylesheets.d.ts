/** What a bundler makes of a stylesheet: class names by their local name, or nothing. */
declare module "*.module.css" {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
declare module "*.css";
declare module "@fontsource-variable/*";
