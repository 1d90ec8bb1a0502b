//! What is wrong with the call typed into "Test this key".

i18n::texts! { "explain_form";
    address_wrong,
    channel_unknown,
    cost_wrong,
}
