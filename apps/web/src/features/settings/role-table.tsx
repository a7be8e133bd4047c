import { actions, grantOf, roleCan } from "@herald/identity";
import { type Role, roles } from "@herald/kernel";
import { Hidden } from "@herald/ui/hidden";
import { Check, Minus } from "lucide-react";
import { wordsOf } from "../../words/reader.server.ts";
import classes from "./settings.module.css";

/** The one table of capabilities, in words: what the doors ask is what stands here. */
export function RoleTable({ ownRole, onlyAdminsSend }: { readonly ownRole: Role; readonly onlyAdminsSend: boolean }) {
  const t = wordsOf("settings");
  const shell = wordsOf("shell");
  return (
    <>
      <p className={classes.muted}>{t("roles.note")}</p>
      {/* scrolls sideways on a phone, so it must be reachable by keyboard */}
      <section className={classes.scroller} aria-label={t("roles.table")} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("roles.what")}</th>
              {roles.map((role) => (
                <th key={role} scope="col">
                  {shell(`roles.${role}`)}
                  {role === ownRole ? ` (${t("members.you")})` : ""}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {actions.map((action) => (
              <tr key={action}>
                <th scope="row">{t(`roles.actions.${action}`)}</th>
                {roles.map((role) => (
                  <td key={role}>
                    <Mark
                      isYes={roleCan(role, action, { onlyAdminsSend })}
                      isBySetting={grantOf(role, action) === "unless_only_admins_send"}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Mark({ isYes, isBySetting }: { readonly isYes: boolean; readonly isBySetting: boolean }) {
  const t = wordsOf("settings");
  const said = isBySetting ? t(isYes ? "roles.policyOff" : "roles.policyOn") : t(isYes ? "roles.yes" : "roles.no");
  const Icon = isYes ? Check : Minus;
  return (
    <span className={classes.mark} data-grant={isBySetting ? "policy" : isYes ? "yes" : "no"} title={said}>
      <Icon size={16} aria-hidden="true" />
      <Hidden>{said}</Hidden>
      {isBySetting ? (
        <span aria-hidden="true" className={classes.small}>
          {t("roles.policyMark")}
        </span>
      ) : null}
    </span>
  );
}
