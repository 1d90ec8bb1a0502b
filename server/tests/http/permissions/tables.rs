//! The tables of permissions: a row for each page, function, form and operation; a column for each client.

/// The browsers that send requests, in the order of the columns: without a session; viewer, admin and owner of the
/// account; owner, admin and viewer of its parent account, who opened it where they may; an owner of the parent account
/// who did not; the owners of its child account and of an unrelated account.
pub const MEMBERS: &[&str; 10] = &[
    "no session",
    "viewer",
    "admin",
    "owner",
    "parent's owner, opened",
    "parent's admin, opened",
    "parent's viewer",
    "parent's owner, not opened",
    "child's owner",
    "unrelated owner",
];

/// The credentials of programs, in the order of the columns: none; a token; a deleted token; a key of the account itself;
/// keys of its parent account that may read and write, read, write, neither; a key of its child account; a key of an
/// unrelated account.
pub const CREDENTIALS: &[&str; 10] = &[
    "none",
    "token",
    "deleted token",
    "own key",
    "parent's key",
    "parent's key, read",
    "parent's key, write",
    "parent's key, neither",
    "child's key",
    "unrelated key",
];

/// Pages: the status for each of [`MEMBERS`]. The lists show the viewer's own account.
pub const PAGES: &[(&str, &str)] = &[
    ("/", "303 303 303 303 303 303 303 303 303 303"),
    ("/settings", "303 303 303 303 303 303 303 303 303 303"),
    ("/sign-in", "200 303 303 303 303 303 303 303 303 303"),
    ("/setup", "200 200 200 200 200 200 200 200 200 200"),
    ("/forgot-password", "200 200 200 200 200 200 200 200 200 200"),
    ("/reset-password", "403 403 403 403 403 403 403 403 403 403"),
    ("/invite", "403 403 403 403 403 403 403 403 403 403"),
    ("/settings/activity", "303 200 200 200 200 200 200 200 200 200"),
    ("/settings/activity.csv", "303 200 200 200 200 200 200 200 200 200"),
    ("/settings/api-keys", "303 200 200 200 200 200 200 200 200 200"),
    ("/settings/api-keys/{id}", "303 200 200 200 200 200 404 404 404 404"),
    ("/settings/members", "303 200 200 200 200 200 200 200 200 200"),
    ("/settings/security", "303 200 200 200 200 200 200 200 200 200"),
    ("/settings/sub-accounts", "303 200 200 200 200 200 200 200 200 200"),
];

/// Server functions, for each of [`MEMBERS`]. Those without an id work on the viewer's own account.
pub const FUNCTIONS: &[(&str, &str)] = &[
    ("keys/form create", "401 403 200 200 200 200 403 200 200 200"),
    ("keys/form update", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/form update-mine", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/form update-theirs", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/form undo-update", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/form rotate", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/form end-overlap", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/form disable", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/form enable", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/form delete", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/form test", "401 200 200 200 200 200 404 404 404 404"),
    // Only plain forms need these: they render a page.
    ("keys/form start", "401 400 400 400 400 400 400 400 400 400"),
    ("keys/form review-delete", "401 400 400 400 400 400 400 400 400 400"),
    ("keys/form done", "401 400 400 400 400 400 400 400 400 400"),
    // The page of another account than the session's asks; the parent's viewer shows the parent.
    ("keys/first-call", "401 200 200 200 200 200 404 404 404 404"),
    // Any address may use the key already.
    ("keys/allow-address", "401 403 422 422 422 422 403 404 404 404"),
    ("sign-in", "401 401 401 401 401 401 401 401 401 401"),
    ("sign-in-code", "401 401 401 401 401 401 401 401 401 401"),
];

/// Plain forms, for each of [`MEMBERS`].
pub const FORMS: &[(&str, &str)] = &[
    ("/settings/api-keys create", "401 403 200 200 200 200 403 200 200 200"),
    // It fills in the privileges of a template.
    ("/settings/api-keys start", "401 403 200 200 200 200 403 200 200 200"),
    ("/settings/api-keys update", "401 403 303 303 303 303 403 404 404 404"),
    ("/settings/api-keys update-mine", "401 403 303 303 303 303 403 404 404 404"),
    ("/settings/api-keys update-theirs", "401 403 303 303 303 303 403 404 404 404"),
    ("/settings/api-keys undo-update", "401 403 303 303 303 303 403 404 404 404"),
    ("/settings/api-keys rotate", "401 403 200 200 200 200 403 404 404 404"),
    ("/settings/api-keys end-overlap", "401 403 303 303 303 303 403 404 404 404"),
    ("/settings/api-keys disable", "401 403 303 303 303 303 403 404 404 404"),
    ("/settings/api-keys enable", "401 403 303 303 303 303 403 404 404 404"),
    ("/settings/api-keys delete", "401 403 303 303 303 303 403 404 404 404"),
    // The dialog shows only the keys that the member may see.
    ("/settings/api-keys review-disable", "401 403 200 200 200 200 403 200 200 200"),
    ("/settings/api-keys review-enable", "401 403 200 200 200 200 403 200 200 200"),
    ("/settings/api-keys review-delete", "401 403 200 200 200 200 403 200 200 200"),
    ("/settings/api-keys test", "401 200 200 200 200 200 404 404 404 404"),
    // It only leads on, to a page that asks for a session itself.
    ("/settings/api-keys done", "303 303 303 303 303 303 303 303 303 303"),
    ("/settings/members invite", "401 403 200 200 200 200 403 200 200 200"),
    ("/settings/members delete-invitation", "401 403 303 303 303 303 404 404 404 404"),
    ("/settings/members update", "401 403 303 303 303 303 403 404 404 404"),
    ("/settings/members reset-password", "401 403 403 200 200 403 403 404 404 404"),
    ("/settings/members delete", "401 403 303 303 303 303 404 404 404 404"),
    ("/settings/members require", "401 403 403 303 303 403 403 303 303 303"),
    ("/settings/members do-not-require", "401 403 403 303 303 403 403 303 303 303"),
    ("/settings/sub-accounts create", "401 403 303 303 303 303 403 303 422 303"),
    ("/settings/sub-accounts open", "401 404 303 303 303 303 404 303 404 404"),
    ("/settings/sub-accounts update", "401 403 303 303 303 303 404 404 404 404"),
    ("/settings/sub-accounts delete", "401 403 303 303 303 303 404 404 404 404"),
    // These work on the viewer's own security only.
    // The own language; an empty one is that of the browser.
    ("/settings/language update-language", "401 303 303 303 303 303 303 303 303 303"),
    ("/settings/security update-password", "401 422 422 422 422 422 422 422 422 422"),
    ("/settings/security begin-two-factor", "401 422 422 422 422 422 422 422 422 422"),
    ("/settings/security confirm-two-factor", "401 422 422 422 422 422 422 422 422 422"),
    ("/settings/security renew-recovery-codes", "401 422 422 422 422 422 422 422 422 422"),
    ("/settings/security disable-two-factor", "401 422 422 422 422 422 422 422 422 422"),
    ("/settings/security end-session", "401 404 404 404 404 404 404 404 404 404"),
    ("/settings/security end-other-sessions", "401 303 303 303 303 303 303 303 303 303"),
    ("/invite join", "403 403 403 403 403 403 403 403 403 403"),
    // Without a mail server, it leads to the page.
    ("/forgot-password request", "303 303 303 303 303 303 303 303 303 303"),
    ("/reset-password reset", "403 403 403 403 403 403 403 403 403 403"),
    ("/sign-in sign-in", "422 303 303 303 303 303 303 303 303 303"),
    ("/sign-in code", "303 303 303 303 303 303 303 303 303 303"),
    ("/setup set-up", "403 403 403 403 403 403 403 403 403 403"),
    ("/sign-out sign-out", "303 303 303 303 303 303 303 303 303 303"),
];

/// The management interface, for each of [`CREDENTIALS`].
pub const OPERATIONS: &[(&str, &str)] = &[
    ("GET /api/v1/accounts", "401 200 401 403 403 403 403 403 403 403"),
    ("POST /api/v1/accounts", "401 201 401 403 403 403 403 403 403 403"),
    ("GET /api/v1/accounts/{account}", "401 200 401 403 403 403 403 403 404 404"),
    ("PATCH /api/v1/accounts/{account}", "401 200 401 404 403 403 403 403 404 404"),
    ("DELETE /api/v1/accounts/{account}", "401 200 401 404 403 403 403 403 404 404"),
    ("GET /api/v1/accounts/{account}/sub-accounts", "401 200 401 403 403 403 403 403 404 404"),
    ("GET /api/v1/accounts/{account}/keys", "401 200 401 403 200 200 403 403 404 404"),
    ("POST /api/v1/accounts/{account}/keys", "401 201 401 403 201 403 201 403 404 404"),
    ("GET /api/v1/accounts/{account}/keys/{key}", "401 200 401 403 200 200 403 403 404 404"),
    ("PATCH /api/v1/accounts/{account}/keys/{key}", "401 200 401 403 200 403 403 403 404 404"),
    ("DELETE /api/v1/accounts/{account}/keys/{key}", "401 204 401 403 204 403 204 403 404 404"),
    ("POST /api/v1/accounts/{account}/keys/{key}/secret", "401 200 401 403 200 403 200 403 404 404"),
    ("DELETE /api/v1/accounts/{account}/keys/{key}/secret", "401 204 401 403 204 403 204 403 404 404"),
    ("POST /api/v1/accounts/{account}/keys/{key}/disable", "401 204 401 403 204 403 204 403 404 404"),
    ("POST /api/v1/accounts/{account}/keys/{key}/enable", "401 204 401 403 204 403 204 403 404 404"),
    ("GET /api/v1/accounts/{account}/activity", "401 200 401 403 403 403 403 403 404 404"),
    ("GET /api/v1/accounts/{account}/members", "401 200 401 403 403 403 403 403 404 404"),
    ("POST /api/v1/accounts/{account}/invitations", "401 201 401 403 403 403 403 403 404 404"),
    ("DELETE /api/v1/accounts/{account}/invitations/{invitation}", "401 204 401 403 403 403 403 403 404 404"),
    ("PATCH /api/v1/accounts/{account}/members/{member}", "401 204 401 403 403 403 403 403 404 404"),
    ("DELETE /api/v1/accounts/{account}/members/{member}", "401 204 401 403 403 403 403 403 404 404"),
];

/// Public routes: documentation and static files.
pub const PUBLIC: &[&str] = &[
    "/api/v1/openapi.json",
    "/api/v1/docs",
    "/api/v1/docs.css",
    "/api/v1/{*rest}",
    "/favicon.ico",
    "/favicon.svg",
    "/pkg/{name}",
    "/signed-out.css",
    // Every other path.
    "/{*__private__axum_fallback}",
];
