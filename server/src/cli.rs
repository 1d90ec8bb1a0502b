//! The command line: commands, flags and their help. What a command does stands in `commands`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::{ListenFlags, StoreFlags};

const EXAMPLES: &str = "\
Examples:
  keyhatch serve
  keyhatch serve --console-addr 0.0.0.0:3000 --public-url https://keys.example.com
  keyhatch account create --name \"Acme\"
  keyhatch member create --account acc_… --email owner@example.com --role owner < password.txt
  keyhatch key create --account acc_… --name \"Web shop\" --whitelist 203.0.113.0/24 --privilege orders:write
  keyhatch backup /backups/keyhatch.db

Every setting can also be a variable (KEYHATCH_DATA_DIR, KEYHATCH_DATABASE_URL, KEYHATCH_CONSOLE_ADDR,
KEYHATCH_GATE_ADDR, KEYHATCH_GATE_TOKEN, KEYHATCH_PUBLIC_URL, KEYHATCH_TRUSTED_PROXIES, KEYHATCH_LOG,
KEYHATCH_PEPPER) or a line of keyhatch.toml in the working directory. A flag wins over a variable, a variable over
the file. The gate token and the pepper have no flag, since other users can read a process's arguments.

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
    /// Write a consistent copy of the SQLite database; works while the server runs
    Backup(Backup),
    /// The record of who did what
    #[command(subcommand)]
    Audit(AuditCommand),
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
    pub role: RoleName,
}

/// `--role`
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoleName {
    /// Everything, members included
    Owner,
    /// Everything about keys
    Admin,
    /// Looking only
    Viewer,
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
    /// Whether it is for real or for trying out
    #[arg(long, value_enum, default_value = "live")]
    pub environment: EnvironmentName,
}

/// `--environment`
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum EnvironmentName {
    /// For real
    Live,
    /// For trying out
    Sandbox,
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
