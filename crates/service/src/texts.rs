//! The texts of the use cases that people read on a page or in a PDF, whose words stand in the catalogue of the crate `i18n`.
//! Here is only which text and which arguments.
//!
//! What only operators and programs meet is English and stands in the code: faults at start-up, messages of the command line
//! and of the management interface.

use i18n::TextId;

/// Every text of the use cases. All of them are written by the server.
pub const IDS: &[&[TextId]] = &[audit::IDS, pdf::IDS, service_errors::IDS];

/// Sentences of the activity page.
pub(crate) mod audit {
    i18n::texts! { "audit";
        set_up,
        set_up_with(account),
        account_created(kind, named, name),
        account_renamed,
        account_renamed_to(old, new),
        account_deleted(keys, named, name),
        codes_required,
        codes_required_from(from),
        codes_moved(before, from),
        codes_cancelled(before),
        codes_optional,
        codes_updated,
        a_member,
        role(role),
        member_added(role, email),
        member_invited(role, email),
        invitation_deleted(email),
        joined(role),
        joined_invited_by(role, by),
        role_updated(email),
        role_updated_to(email, old, new),
        member_deleted(email),
        signed_in,
        reset_link_mailed(email),
        reset_link_created(email),
        password_chosen,
        password_reset(email),
        password_updated,
        codes_disabled_of(email),
        codes_enabled,
        codes_disabled,
        recovery_codes_created,
        sessions_ended(count),
        key_created(environment, named, name, properties),
        key_updated(named, name, changes),
        no_privileges,
        all_privileges,
        one_privilege(privilege),
        privileges(privileges),
        many_privileges(count),
        any_address,
        address(entry),
        addresses(count),
        expires(at),
        never_expires,
        renamed(old),
        new_limits,
        no_changes,
        key_rotated(named, name),
        key_rotated_until(named, name, until),
        overlap_ended(named, name),
        key_disabled(named, name),
        key_enabled(named, name),
        key_deleted(named, name),
        key_deleted_because(named, name, reason),
        key_deleted_again,
        secret_retired_again,
        token_created(named, name),
        token_deleted(named, name),
        other(named, name, action),
    }
}

/// The PDF of a key.
pub(crate) mod pdf {
    i18n::texts! { "pdf";
        api_key,
        title(name),
        note,
        send_it,
        variable_hint(variable),
        account,
        created,
        expires,
        never,
        privileges,
        all_privileges,
        no_privileges,
        privilege(module, action, privilege),
        limits,
        no_limits,
        whitelist,
        any_address,
        page(number, count),
    }
}

/// Closed links, and messages beside fields.
pub(crate) mod service_errors {
    i18n::texts! { "service_errors";
        invitation_unknown,
        invitation_used,
        invitation_expired,
        invitation_deleted,
        invitation_of_member,
        password_reset_closed,
        wrong_password,
        password_changed_meanwhile,
        wrong_code,
        two_factor_set_up_expired,
        two_factor_required,
        role_missing,
        is_member(email),
        too_many_chosen(max),
    }
}
