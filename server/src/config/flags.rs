//! The flags that set a value of the configuration. They are text here, so that an invalid one is reported like an invalid
//! variable or line of the file. The gate token has no flag: other users can read a process's arguments.

use clap::Args;

/// Flags of every command: storage and log.
#[derive(Debug, Default, Args)]
pub struct StoreFlags {
    /// Folder of the database, the pepper and the revocation ledger [default: data]
    #[arg(long, value_name = "DIR", global = true)]
    pub data_dir: Option<String>,
    /// `sqlite:` file or `postgres://` address [default: keyhatch.db in the data directory]
    #[arg(long, value_name = "URL", global = true)]
    pub database_url: Option<String>,
    /// The log's filter, such as `info` or `info,adapters=debug` [default: info]
    #[arg(long, value_name = "FILTER", global = true)]
    pub log: Option<String>,
}

/// Flags of `serve`: addresses and trusted proxies.
#[derive(Debug, Default, Args)]
pub struct ListenFlags {
    /// Listening address of the console [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDR:PORT")]
    pub console_addr: Option<String>,
    /// Listening address of the gate [default: 127.0.0.1:3100]; outside loopback it requires a gate token
    #[arg(long, value_name = "ADDR:PORT")]
    pub gate_addr: Option<String>,
    /// The console's URL as a browser sees it [default: http://<console address>]
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Proxies whose X-Forwarded-For is trusted, separated by commas [default: none]
    #[arg(long, value_name = "ADDR[,ADDR]")]
    pub trusted_proxies: Option<String>,
}

/// A flag's name, the key it sets and its value.
pub(super) type Flag = (&'static str, &'static str, String);

impl StoreFlags {
    pub(super) fn given(&self) -> Vec<Flag> {
        collect([
            ("--data-dir", "data_dir", &self.data_dir),
            ("--database-url", "database_url", &self.database_url),
            ("--log", "log", &self.log),
        ])
    }
}

impl ListenFlags {
    pub(super) fn given(&self) -> Vec<Flag> {
        collect([
            ("--console-addr", "console_addr", &self.console_addr),
            ("--gate-addr", "gate_addr", &self.gate_addr),
            ("--public-url", "public_url", &self.public_url),
            ("--trusted-proxies", "trusted_proxies", &self.trusted_proxies),
        ])
    }
}

fn collect<const N: usize>(flags: [(&'static str, &'static str, &Option<String>); N]) -> Vec<Flag> {
    flags.into_iter().filter_map(|(flag, key, value)| Some((flag, key, value.clone()?))).collect()
}
