//! The commands, one file each. Here: loading the configuration, opening Keyhatch, dispatching and shutting down.

mod account;
mod audit;
mod backup;
mod check;
mod failure;
mod gateway;
mod key;
mod member;
mod serve;
mod texts;
mod token;

use std::process::ExitCode;

use domain::policy::Policy;
use service::{Keyhatch, Options, SystemClock, SystemRandom};

use crate::cli::{AccountCommand, AuditCommand, Cli, Command, KeyCommand, MemberCommand, TokenCommand};
use crate::config::{Config, Sources};
use crate::logging;
use failure::Failure;

/// Runs the command and returns the process's exit code.
pub async fn run(cli: Cli) -> ExitCode {
    match dispatch(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

async fn dispatch(cli: Cli) -> Result<(), Failure> {
    let listen = match &cli.command {
        Command::Serve(flags) => Some(flags),
        _ => None,
    };
    let config = Config::load(&Sources {
        file: cli.config.as_deref(),
        variables: std::env::vars_os().collect(),
        store: Some(&cli.store),
        listen,
    })?;
    logging::start(&config.log);
    match &cli.command {
        Command::Serve(_) => return serve::run(config).await,
        Command::Gateway(args) => return gateway::print(&config, args),
        Command::Texts(args) => return texts::print(args),
        _ => {}
    }
    let keyhatch = open_keyhatch(&config).await?;
    let result = match &cli.command {
        Command::Account(AccountCommand::Create(args)) => account::create(&keyhatch, args).await,
        Command::Member(args) => run_member(&keyhatch, &config, args).await,
        Command::Key(KeyCommand::Create(args)) => key::create(&keyhatch, args).await,
        Command::Token(TokenCommand::Create(args)) => token::create(&keyhatch, args).await,
        Command::Token(TokenCommand::List) => token::list(&keyhatch).await,
        Command::Token(TokenCommand::Delete(args)) => token::delete(&keyhatch, args).await,
        Command::Backup(args) => backup::run(&keyhatch, args).await,
        Command::Check(args) => check::run(&keyhatch, &config, args).await,
        Command::Audit(AuditCommand::Verify) => audit::verify(&keyhatch).await,
        Command::Serve(_) | Command::Gateway(_) | Command::Texts(_) => Ok(()),
    };
    if let Err(error) = keyhatch.close().await {
        tracing::warn!(%error, "the database was not closed properly");
    }
    result
}

async fn run_member(keyhatch: &Keyhatch, config: &Config, command: &MemberCommand) -> Result<(), Failure> {
    match command {
        MemberCommand::Create(args) => member::create(keyhatch, args).await,
        MemberCommand::List(args) => member::list(keyhatch, args).await,
        MemberCommand::Delete(args) => member::delete(keyhatch, args).await,
        MemberCommand::ResetPassword(args) if args.link => member::create_reset_link(keyhatch, config, args).await,
        MemberCommand::ResetPassword(args) => member::reset_password(keyhatch, args).await,
        MemberCommand::ResetTwoFactor(args) => member::reset_two_factor(keyhatch, args).await,
    }
}

async fn open_keyhatch(config: &Config) -> Result<Keyhatch, Failure> {
    let options = Options {
        data_dir: config.data_dir.clone(),
        database_url: config.database_url.clone(),
        pepper: config.pepper.clone(),
        policy: Policy::clone(&config.policy),
        clock: Box::new(SystemClock),
        random: Box::new(SystemRandom),
        durable: true,
    };
    Ok(Keyhatch::open(options).await?)
}
