//! Headers that forge an address or an identity: every combination of names, values and spellings.

/// The forged address, searched for in everything that reaches the upstream.
pub const FORGED_ADDRESS: &str = "192.0.2.1";
/// The forged identity.
pub const FORGED_IDENTITY: &str = "acc_spoofed";

/// Spellings of a header name that some server or library treats as the same.
fn spellings(name: &str) -> Vec<String> {
    let (head, tail) = name.split_at(1);
    vec![
        name.to_owned(),
        name.to_ascii_lowercase(),
        name.to_ascii_uppercase(),
        name.replace('-', "_"),
        name.replace('-', "_").to_ascii_lowercase(),
        name.replacen('-', "_", 1),
        format!("{}{}", head.to_ascii_lowercase(), tail.to_ascii_uppercase()),
    ]
}

/// Unusual and malformed ways to write a header; each element follows the request line.
fn malformed(name: &str, value: &str) -> Vec<String> {
    vec![
        format!("{name}: {value}"),
        format!("{name}:{value}"),
        format!("{name}: \t {value} \t"),
        format!("{name}: {value}\r\n{name}: {value}"),
        format!("{name}: \r\n{name}: {value}"),
        format!("{name}: {value}\r\n{name}: "),
        format!("{name}: x\r\n {value}"),
        format!("{name}:\r\n\t{value}"),
        format!("{name} : {value}"),
        format!("{name}\t: {value}"),
        format!("{name}: {value}\r\nConnection: {name}"),
        format!("Connection: close, {name}\r\n{name}: {value}"),
        format!("X-Nothing: 1\n{name}: {value}"),
        format!("X-Nothing: 1\r{name}: {value}"),
    ]
}

/// Headers from which some server or library takes the client's address.
const ADDRESS_HEADERS: [&str; 13] = [
    "X-Forwarded-For",
    "X-Real-IP",
    "Forwarded",
    "True-Client-IP",
    "CF-Connecting-IP",
    "X-Client-IP",
    "Client-IP",
    "X-Cluster-Client-IP",
    "Fastly-Client-IP",
    "X-Originating-IP",
    "X-Remote-IP",
    "X-Remote-Addr",
    "X-Original-Forwarded-For",
];

/// At least 200 ways to forge the address.
pub fn forged_addresses() -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    for name in ADDRESS_HEADERS {
        let value =
            if name == "Forwarded" { format!("for={FORGED_ADDRESS};proto=https") } else { FORGED_ADDRESS.to_owned() };
        headers.extend(spellings(name).into_iter().take(5).map(|name| format!("{name}: {value}")));
    }
    for value in [
        FORGED_ADDRESS.to_owned(),
        format!("{FORGED_ADDRESS}, {FORGED_ADDRESS}"),
        format!("{FORGED_ADDRESS}, 127.0.0.1"),
        format!("127.0.0.1, {FORGED_ADDRESS}"),
        format!("{FORGED_ADDRESS},"),
        format!(",{FORGED_ADDRESS}"),
        format!("{FORGED_ADDRESS}, unknown"),
        format!("unknown, {FORGED_ADDRESS}"),
        format!("::ffff:{FORGED_ADDRESS}"),
        format!("[::ffff:{FORGED_ADDRESS}]"),
        "::ffff:c000:201".to_owned(),
        format!("{FORGED_ADDRESS}:443"),
        format!("\"{FORGED_ADDRESS}\""),
        format!("{FORGED_ADDRESS}%eth0"),
        format!("{FORGED_ADDRESS}/32"),
        "3221225985".to_owned(),
        "0300.0.02.01".to_owned(),
        "192.0.513".to_owned(),
        format!("for={FORGED_ADDRESS}"),
        format!("{FORGED_ADDRESS};127.0.0.3"),
        format!("{FORGED_ADDRESS} 127.0.0.3"),
    ] {
        for name in ["X-Forwarded-For", "X-Real-IP", "x_forwarded_for", "Forwarded"] {
            headers.push(format!("{name}: {value}"));
        }
    }
    for name in ["X-Forwarded-For", "X-Real-IP", "X_Forwarded_For", "True-Client-IP"] {
        headers.extend(malformed(name, FORGED_ADDRESS));
    }
    headers
}

/// At least 200 ways to forge an identity.
pub fn forged_identities() -> Vec<String> {
    let names = [
        "X-Keyhatch-Account",
        "X-Keyhatch-Key-Id",
        "X-Keyhatch-Key-Name",
        "X-Keyhatch-Privileges",
        "X-Keyhatch-Environment",
    ];
    let mut headers: Vec<String> = Vec::new();
    for name in names.into_iter().chain(["X-Keyhatch-Reason", "X-Keyhatch-Gate-Token"]) {
        headers.extend(spellings(name).into_iter().map(|name| format!("{name}: {FORGED_IDENTITY}")));
    }
    for name in names {
        headers.extend(malformed(name, FORGED_IDENTITY));
        headers.extend(malformed(&name.replace('-', "_"), FORGED_IDENTITY));
        headers.extend(
            ["*", "a, b", "\"\"", "contacts:read contacts:write", "%00", "ü", ",", "\\", "=?utf-8?q?x?="]
                .map(|junk| format!("{name}: {FORGED_IDENTITY} {junk}")),
        );
    }
    headers
}
