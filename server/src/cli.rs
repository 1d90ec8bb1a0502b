//! The command line: commands, flags and their help. Running them is `commands`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use domain::key::Environment;
use domain::limits::Refill;
use domain::member::Role;
use gateway::print::Gateway;
use i18n::Locale;

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

Commands work while the server runs, and their changes take effect there.
Exit code: 0 success, 2 invalid input, 1 any other failure.";

/// The API keys page of your product's settings, and the gate that enforces it.
#[derive(Debug, Parser)]
#[command(name = "keyhatch", version, after_help = EXAMPLES, max_term_width = 110)]
pub struct Cli {
    /// Settings and policy [default: keyhatch.toml in the working directory, if it is there]
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// The storage flags.
    #[command(flatten)]
    pub store: StoreFlags,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
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
    /// The audit log
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Send real calls through a running gateway and report what is right and what is wrong
    Check(CheckGateway),
    /// Print a complete configuration of the gateway in front, from [gateway] in keyhatch.toml
    Gateway(PrintGateway),
    /// Print every text of the console, with its name in [text] of keyhatch.toml
    Texts(PrintTexts),
}

/// `keyhatch texts`
#[derive(Debug, Args)]
pub struct PrintTexts {
    /// The language
    #[arg(long, default_value = "en", value_parser = Locale::ALL.map(Locale::code))]
    pub language: String,
}

/// `keyhatch check`
#[derive(Debug, Args)]
pub struct CheckGateway {
    /// The gateway's public origin, such as `https://api.example.com`
    #[arg(value_name = "URL")]
    pub url: String,
    /// The account in which temporary keys are created for the check
    #[arg(long, value_name = "ID")]
    pub account: String,
    /// A path that reaches the upstream [default: the first of gateway.routes, else /]
    #[arg(long)]
    pub path: Option<String>,
    /// Listen here in place of the upstream, to see what reaches it; stop the upstream meanwhile
    #[arg(long, value_name = "ADDR:PORT")]
    pub echo: Option<std::net::SocketAddr>,
    /// Trust these certificates too, PEM
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// The gate is stopped: check that every call is refused
    #[arg(long)]
    pub gate_down: bool,
    /// Serve the check as a web page at a secret loopback address, until stopped (SIGTERM or Ctrl-C)
    #[arg(long, conflicts_with = "gate_down")]
    pub page: bool,
}

/// `keyhatch gateway`
#[derive(Debug, Args)]
pub struct PrintGateway {
    /// Which gateway
    #[arg(value_enum)]
    pub gateway: Gateway,
    /// Write all files into this folder, instead of printing the first
    #[arg(long, value_name = "DIR", conflicts_with = "part")]
    pub output: Option<PathBuf>,
    /// Print this file, for a gateway that needs two, such as keyhatch.lua or keyhatch.nft
    #[arg(long, value_name = "FILE")]
    pub part: Option<String>,
}

/// `keyhatch account …`
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Create an account; prints {"id":…}
    Create(CreateAccount),
}

/// `keyhatch account create`
#[derive(Debug, Args)]
pub struct CreateAccount {
    /// The account's name
    #[arg(long)]
    pub name: String,
    /// The parent account, which makes it a sub-account
    #[arg(long, value_name = "ID")]
    pub parent: Option<String>,
}

/// `keyhatch member …`
#[derive(Debug, Subcommand)]
pub enum MemberCommand {
    /// Create a member; reads the password from standard input, one line; prints {"id":…}
    Create(CreateMember),
    /// Print an account's members as JSON, one a line
    List(ListMembers),
    /// Delete a member; their sessions end at once, the keys that they created stay
    #[command(alias = "remove")]
    Delete(OneMember),
    /// Set a new password, read from standard input, one line; the member's sessions end. With --link: print a link with
    /// which the member chooses one
    ResetPassword(ResetPassword),
    /// Disable a member's two-factor codes; the member's sessions end
    ResetTwoFactor(OneMember),
}

/// `keyhatch member list`
#[derive(Debug, Args)]
pub struct ListMembers {
    /// The account
    #[arg(long, value_name = "ID")]
    pub account: String,
}

/// `keyhatch member delete`, `reset-two-factor`
#[derive(Debug, Args)]
pub struct OneMember {
    /// The address that the member signs in with
    #[arg(long)]
    pub email: String,
    /// Refuse a member of any other account
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
}

/// `keyhatch member reset-password`
#[derive(Debug, Args)]
pub struct ResetPassword {
    /// Whose password.
    #[command(flatten)]
    pub member: OneMember,
    /// Print {"link":…,"expires":…} instead: a link that works once, for one hour. Nothing else changes until it is used
    #[arg(long)]
    pub link: bool,
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
    /// The member's role
    #[arg(long, value_enum)]
    pub role: Role,
}

/// `keyhatch key …`
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Create a key; prints {"id":…,"key":…}, the only time the key is shown
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
    /// An address, network or range it may be used from; may be repeated [default: any address]
    #[arg(long, value_name = "ADDRESS")]
    pub whitelist: Vec<String>,
    /// A privilege, such as contacts:read; may be repeated [default: none]
    #[arg(long, value_name = "MODULE:ACTION", conflicts_with = "all_privileges")]
    pub privilege: Vec<String>,
    /// All privileges, including those added later
    #[arg(long)]
    pub all_privileges: bool,
    /// Its environment [default: the first of keys.environments, live]
    #[arg(long, value_enum)]
    pub environment: Option<Environment>,
    /// When it expires: days or years such as 30d or 1y, or a date and time in UTC such as 2027-12-31T18:00 [default: never]
    #[arg(long, value_name = "WHEN", default_value = "", hide_default_value = true)]
    pub expires: String,
    /// Calls in each second [default: no limit]
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
    /// Uses until the next refill [default: no limit]
    #[arg(long, value_name = "USES", default_value = "", hide_default_value = true)]
    pub uses: String,
    /// When the uses are refilled
    #[arg(long, value_enum, default_value = "never")]
    pub refill: Refill,
}

/// `keyhatch token …`
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Create a token; prints {"id":…,"token":…}, the only time the token is shown
    Create(CreateToken),
    /// Print all tokens, one JSON object a line
    List,
    /// Delete a token: the next request with it is refused
    #[command(alias = "revoke")]
    Delete(DeleteToken),
}

/// `keyhatch token create`
#[derive(Debug, Args)]
pub struct CreateToken {
    /// What it is for; shown in the activity log
    #[arg(long)]
    pub name: String,
}

/// `keyhatch token delete`
#[derive(Debug, Args)]
pub struct DeleteToken {
    /// The token's id
    pub id: String,
}

/// `keyhatch backup`
#[derive(Debug, Args)]
pub struct Backup {
    /// The copy; must not exist yet. It does not contain the pepper: back that up separately
    pub file: PathBuf,
}

/// `keyhatch audit …`
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Verify that no row of the audit was edited or removed
    Verify,
}
