//! "Test this key".

use domain::verdict::VerdictCode;

i18n::texts! { "explain";
    title,
    address,
    address_hint,
    privilege,
    channel,
    cost,
    none,
    test,
    testing,
    done,
    allowed,
    edit_key,
    check_passed,
    check_failed,
    refused_with(code),
}

pub fn refused(code: VerdictCode) -> String {
    refused_with(code.as_str())
}
