//! One file a command. Here: reading the configuration, opening Keyhatch, and how a command ends.

mod account;
mod audit;
mod backup;
mod check;
mod failure;
mod gateway;
mod key;
mod member;
mod serve;
mod token;

use std::process::ExitCode;

use domain::policy::Policy;
use service::{Keyhatch, Options, SystemClock, SystemRandom};

use crate::cli::{AccountCommand, AuditCommand, Cli, Command, KeyCommand, MemberCommand, TokenCommand};
use crate::config::{Config, Sources};
use crate::logging;
use failure::Failure;

/// Does what the command line says.
pub async fn run(cli: Cli) -> ExitCode {
    match dispatch(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(),
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
        Command::Gateway(asked) => return gateway::print(&config, asked),
        _ => {}
    }
    let keyhatch = open(&config).await?;
    let done = match &cli.command {
        Command::Account(AccountCommand::Create(asked)) => account::create(&keyhatch, asked).await,
        Command::Member(MemberCommand::Create(asked)) => member::create(&keyhatch, asked).await,
        Command::Key(KeyCommand::Create(asked)) => key::create(&keyhatch, asked).await,
        Command::Token(TokenCommand::Create(asked)) => token::create(&keyhatch, asked).await,
        Command::Token(TokenCommand::List) => token::list(&keyhatch).await,
        Command::Token(TokenCommand::Revoke(asked)) => token::revoke(&keyhatch, asked).await,
        Command::Backup(asked) => backup::run(&keyhatch, asked).await,
        Command::Check(asked) => check::run(&keyhatch, &config, asked).await,
        Command::Audit(AuditCommand::Verify) => audit::verify(&keyhatch).await,
        Command::Serve(_) | Command::Gateway(_) => Ok(()),
    };
    if let Err(error) = keyhatch.close().await {
        tracing::warn!(%error, "the database was not closed properly");
    }
    done
}

async fn open(config: &Config) -> Result<Keyhatch, Failure> {
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
