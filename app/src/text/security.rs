//! `/settings/security`: a member's own password, two-factor codes and sessions.

i18n::texts! { "security";
    title,
    password_changed,
    codes_disabled,
    session_ended,
    other_sessions_ended,
    must_set_up,
    password,
    current_password,
    new_password,
    new_password_hint,
    change_password,
    your_password,
    recovery_codes,
    recovery_codes_lead,
    two_factor,
    on,
    off,
    two_factor_lead,
    set_up,
    scan,
    qr_code,
    or_enter_secret,
    code,
    app_code_hint,
    enable,
    required,
    new_recovery_codes,
    new_recovery_codes_hint,
    create_recovery_codes,
    disable_title,
    any_code_hint,
    disable,
    sessions,
    end_others,
    address,
    address_unknown,
    signed_in,
    last_used,
    actions,
    this_session,
    end,
    lead(email),
    end_session(address, at),
}

/// `day` is a date, `left` counts unused recovery codes.
pub fn on_since(day: &str, left: usize) -> String {
    let codes = match left {
        0 => "You have no recovery codes left.".to_owned(),
        1 => "You have 1 recovery code left.".to_owned(),
        _ => format!("You have {left} recovery codes left."),
    };
    format!("Enabled since {day}. {codes}")
}
