//! The command line: commands, flags and their help. What a command does stands in `commands`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::key::Environment;
use domain::limits::Refill;
use domain::member::Role;

use crate::config::{ListenFlags, StoreFlags};

const EXAMPLES: &str = "\
Examples:
  keyhatch serve
  keyhatch serve --console-addr 0.0.0.0:3000 --public-url https://keys.example.com
  keyhatch account create --name \"Acme\"
  keyhatch member create --account acc_… --email owner@example.com --role owner < password.txt
  keyhatch key create --account acc_… --name \"Web shop\" --whitelist 203.0.113.0/24 --privilege orders:write
  keyhatch token create --name \"Provisioning\"
  keyhatch backup /backups/keyhatch.db
  keyhatch gateway nginx > /etc/nginx/keyhatch.conf
  keyhatch check https://api.example.com --account acc_… --echo 127.0.0.1:8080

Every setting can also be a variable (KEYHATCH_DATA_DIR, KEYHATCH_DATABASE_URL, KEYHATCH_CONSOLE_ADDR,
KEYHATCH_GATE_ADDR, KEYHATCH_GATE_TOKEN, KEYHATCH_PUBLIC_URL, KEYHATCH_TRUSTED_PROXIES, KEYHATCH_LOG,
KEYHATCH_PEPPER, KEYHATCH_MAIL_PASSWORD) or a line of keyhatch.toml in the working directory. A flag wins over a variable, a variable over
the file. The gate token, the pepper and the mail password have no flag, since other users can read a process's arguments.

Commands work while the server runs, and what they change takes effect there.
Exit code: 0 done, 2 something given is wrong, 1 anything else.";

/// The API keys page of your product's settings, and the gate that honours it.
#[derive(Debug, Parser)]
#[command(name = "keyhatch", version, after_help = EXAMPLES, max_term_width = 110)]
pub struct Cli {
    /// Settings and policy [default: keyhatch.toml in the working directory, if it is there]
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Where the rows are.
    #[command(flatten)]
    pub store: StoreFlags,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the console and the gate until stopped (SIGTERM or Ctrl-C)
    Serve(ListenFlags),
    /// Accounts, which own keys
    #[command(subcommand)]
    Account(AccountCommand),
    /// Members, who open an account's console
    #[command(subcommand)]
    Member(MemberCommand),
    /// API keys
    #[command(subcommand)]
    Key(KeyCommand),
    /// Operator tokens, with which programs use the management interface
    #[command(subcommand)]
    Token(TokenCommand),
    /// Write a consistent copy of the SQLite database; works while the server runs
    Backup(Backup),
    /// The record of who did what
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Send real calls through a running gateway and say what is right and what is wrong
    Check(CheckGateway),
    /// Print a complete configuration of the gateway in front, made of [gateway] in keyhatch.toml
    Gateway(PrintGateway),
}

/// `keyhatch check`
#[derive(Debug, Args)]
pub struct CheckGateway {
    /// The gateway as its callers know it, such as `https://api.example.com`
    #[arg(value_name = "URL")]
    pub url: String,
    /// The account in which keys are made for the time of the check, and deleted after it
    #[arg(long, value_name = "ID")]
    pub account: String,
    /// A path that leads to the upstream [default: the first of gateway.routes, else /]
    #[arg(long)]
    pub path: Option<String>,
    /// Answer here in place of the upstream, to see what reaches it; stop the upstream meanwhile
    #[arg(long, value_name = "ADDR:PORT")]
    pub echo: Option<std::net::SocketAddr>,
    /// Trust these certificates too, PEM
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// The gate has been stopped: check that nobody gets in
    #[arg(long)]
    pub gate_down: bool,
    /// Do it from a page in the browser, at a secret loopback address, until stopped (SIGTERM or Ctrl-C)
    #[arg(long, conflicts_with = "gate_down")]
    pub page: bool,
}

/// `keyhatch gateway`
#[derive(Debug, Args)]
pub struct PrintGateway {
    /// Which gateway
    #[arg(value_enum)]
    pub profile: GatewayName,
    /// Write all its files into this folder, instead of printing the first
    #[arg(long, value_name = "DIR", conflicts_with = "part")]
    pub output: Option<PathBuf>,
    /// Print this file, for a gateway that needs two, such as keyhatch.lua or keyhatch.nft
    #[arg(long, value_name = "FILE")]
    pub part: Option<String>,
}

/// The gateways
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum GatewayName {
    /// nginx, by `auth_request`
    Nginx,
    /// Caddy, by `forward_auth`, with a ruleset for nftables
    #[value(alias = "forward")]
    Caddy,
    /// Traefik 3, by forwardAuth
    Traefik,
    /// Envoy, by HTTP `ext_authz`, with a ruleset for nftables
    Envoy,
    /// HAProxy 2.5 or newer, by an action in Lua
    Haproxy,
}

/// `keyhatch account …`
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Make an account; prints {"id":…}
    Create(CreateAccount),
}

/// `keyhatch account create`
#[derive(Debug, Args)]
pub struct CreateAccount {
    /// The account's name
    #[arg(long)]
    pub name: String,
    /// The account above it, which makes it a sub-account
    #[arg(long, value_name = "ID")]
    pub parent: Option<String>,
}

/// `keyhatch member …`
#[derive(Debug, Subcommand)]
pub enum MemberCommand {
    /// Make a member; reads the password from standard input, one line; prints {"id":…}
    Create(CreateMember),
    /// Print an account's members as JSON, one a line
    List(ListMembers),
    /// Remove a member, whose sessions end at once; keys that they made stay
    Remove(OneMember),
    /// Give a member another password, read from standard input, one line; their sessions end
    ResetPassword(OneMember),
    /// Ask a member for two-factor codes no longer; their sessions end
    ResetTwoFactor(OneMember),
}

/// `keyhatch member list`
#[derive(Debug, Args)]
pub struct ListMembers {
    /// The account
    #[arg(long, value_name = "ID")]
    pub account: String,
}

/// `keyhatch member remove`, `reset-password`, `reset-two-factor`
#[derive(Debug, Args)]
pub struct OneMember {
    /// The address that the member signs in with
    #[arg(long)]
    pub email: String,
}

/// `keyhatch member create`
#[derive(Debug, Args)]
pub struct CreateMember {
    /// The account to belong to
    #[arg(long, value_name = "ID")]
    pub account: String,
    /// The address to sign in with
    #[arg(long)]
    pub email: String,
    /// What the member may do
    #[arg(long, value_enum)]
    pub role: Role,
}

/// `keyhatch key …`
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Make a key; prints {"id":…,"key":…}, the only time the key is shown
    Create(CreateKey),
}

/// `keyhatch key create`
#[derive(Debug, Args)]
pub struct CreateKey {
    /// The account that owns it
    #[arg(long, value_name = "ID")]
    pub account: String,
    /// The key's name
    #[arg(long)]
    pub name: String,
    /// An address, network or range from which it may be used; may be repeated [default: any address]
    #[arg(long, value_name = "ADDRESS")]
    pub whitelist: Vec<String>,
    /// What it may do, such as contacts:read; may be repeated [default: nothing]
    #[arg(long, value_name = "MODULE:ACTION", conflicts_with = "all_privileges")]
    pub privilege: Vec<String>,
    /// It may do everything, also what is added later
    #[arg(long)]
    pub all_privileges: bool,
    /// Whether it is for real or for trying out [default: the first of keys.environments, live]
    #[arg(long, value_enum)]
    pub environment: Option<Environment>,
    /// When it ends: days or years such as 30d or 1y, or a date and time in UTC such as 2027-12-31T18:00 [default: never]
    #[arg(long, value_name = "WHEN", default_value = "", hide_default_value = true)]
    pub expires: String,
    /// Calls in each second; the minute, the hour and the day have theirs [default: no limit]
    #[arg(long, value_name = "CALLS", default_value = "", hide_default_value = true)]
    pub per_second: String,
    /// Calls in each minute
    #[arg(long, value_name = "CALLS", default_value = "", hide_default_value = true)]
    pub per_minute: String,
    /// Calls in each hour
    #[arg(long, value_name = "CALLS", default_value = "", hide_default_value = true)]
    pub per_hour: String,
    /// Calls in each day
    #[arg(long, value_name = "CALLS", default_value = "", hide_default_value = true)]
    pub per_day: String,
    /// How often it can be used [default: no limit]
    #[arg(long, value_name = "USES", default_value = "", hide_default_value = true)]
    pub uses: String,
    /// When the uses start anew
    #[arg(long, value_enum, default_value = "never")]
    pub refill: Refill,
}

/// `keyhatch token …`
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a token; prints {"id":…,"token":…}, the only time the token is shown
    Create(CreateToken),
    /// Print all tokens, one JSON object a line
    List,
    /// Revoke a token: the next request with it is refused
    Revoke(RevokeToken),
}

/// `keyhatch token create`
#[derive(Debug, Args)]
pub struct CreateToken {
    /// What it is for; the record of activity names it
    #[arg(long)]
    pub name: String,
}

/// `keyhatch token revoke`
#[derive(Debug, Args)]
pub struct RevokeToken {
    /// The token's id
    pub id: String,
}

/// `keyhatch backup`
#[derive(Debug, Args)]
pub struct Backup {
    /// The copy; must not exist yet. The pepper is not in it: keep a copy of that elsewhere
    pub file: PathBuf,
}

/// `keyhatch audit …`
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Check that no row of the audit was edited or taken out
    Verify,
}
