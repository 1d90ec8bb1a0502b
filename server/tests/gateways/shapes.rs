//! Ways to claim another address or another name, made by crossing names, values and the ways of writing a header.

/// What the caller claims; looked for in everything that reaches the upstream.
pub const CLAIM: &str = "192.0.2.1";
pub const NAME_CLAIM: &str = "acc_spoofed";

/// A name in other forms that some server or library takes for the same.
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

/// A header in other forms than one plain line; each element is what follows the request line.
fn writings(name: &str, value: &str) -> Vec<String> {
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

/// At least 200 ways to claim the address.
pub fn addresses() -> Vec<String> {
    let names = [
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
    let mut shapes: Vec<String> = Vec::new();
    for name in names {
        let value = if name == "Forwarded" { format!("for={CLAIM};proto=https") } else { CLAIM.to_owned() };
        shapes.extend(spellings(name).into_iter().take(5).map(|name| format!("{name}: {value}")));
    }
    for value in [
        CLAIM.to_owned(),
        format!("{CLAIM}, {CLAIM}"),
        format!("{CLAIM}, 127.0.0.1"),
        format!("127.0.0.1, {CLAIM}"),
        format!("{CLAIM},"),
        format!(",{CLAIM}"),
        format!("{CLAIM}, unknown"),
        format!("unknown, {CLAIM}"),
        format!("::ffff:{CLAIM}"),
        format!("[::ffff:{CLAIM}]"),
        "::ffff:c000:201".to_owned(),
        format!("{CLAIM}:443"),
        format!("\"{CLAIM}\""),
        format!("{CLAIM}%eth0"),
        format!("{CLAIM}/32"),
        "3221225985".to_owned(),
        "0300.0.02.01".to_owned(),
        "192.0.513".to_owned(),
        format!("for={CLAIM}"),
        format!("{CLAIM};127.0.0.3"),
        format!("{CLAIM} 127.0.0.3"),
    ] {
        for name in ["X-Forwarded-For", "X-Real-IP", "x_forwarded_for", "Forwarded"] {
            shapes.push(format!("{name}: {value}"));
        }
    }
    for name in ["X-Forwarded-For", "X-Real-IP", "X_Forwarded_For", "True-Client-IP"] {
        shapes.extend(writings(name, CLAIM));
    }
    shapes
}

/// At least 200 ways to claim to be somebody.
pub fn identities() -> Vec<String> {
    let names = [
        "X-Keyhatch-Account",
        "X-Keyhatch-Key-Id",
        "X-Keyhatch-Key-Name",
        "X-Keyhatch-Privileges",
        "X-Keyhatch-Environment",
    ];
    let mut shapes: Vec<String> = Vec::new();
    for name in names.into_iter().chain(["X-Keyhatch-Reason", "X-Keyhatch-Gate-Token"]) {
        shapes.extend(spellings(name).into_iter().map(|name| format!("{name}: {NAME_CLAIM}")));
    }
    for name in names {
        shapes.extend(writings(name, NAME_CLAIM));
        shapes.extend(writings(&name.replace('-', "_"), NAME_CLAIM));
        shapes.extend(
            ["*", "a, b", "\"\"", "contacts:read contacts:write", "%00", "ü", ",", "\\", "=?utf-8?q?x?="]
                .map(|junk| format!("{name}: {NAME_CLAIM} {junk}")),
        );
    }
    shapes
}
