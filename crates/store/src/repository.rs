//! One repository per table group. `store.keys()` reads committed rows; `tx.keys()` reads and writes inside a
//! transaction. The methods are in the module of the table group.

use crate::store::Store;
use crate::transaction::Tx;

macro_rules! repositories {
    ($($(#[$doc:meta])* $accessor:ident: $repository:ident;)+) => {
        $(
            $(#[$doc])*
            ///
            /// Over `&Store` it reads committed rows, over `&mut Tx` it reads and writes inside the transaction. What a
            /// transaction reads stays as it is until the transaction ends, because transactions are serialized.
            #[derive(Debug)]
            pub struct $repository<C>(pub(crate) C);
        )+

        impl Store {
            $($(#[$doc])*
            #[must_use]
            pub fn $accessor(&self) -> $repository<&Self> {
                $repository(self)
            })+
        }

        impl Tx {
            $($(#[$doc])*
            pub fn $accessor(&mut self) -> $repository<&mut Self> {
                $repository(self)
            })+
        }
    };
}

repositories! {
    /// Accounts and sub-accounts.
    accounts: AccountRepository;
    /// The audit log, chained by hashes.
    audit: AuditRepository;
    /// Results of requests that carried an idempotency key.
    idempotency_keys: IdempotencyKeyRepository;
    /// Invitations of members.
    invitations: InvitationRepository;
    /// Keys, without their secrets.
    keys: KeyRepository;
    /// Secrets of keys, and the uses of retired secrets.
    key_secrets: KeySecretRepository;
    /// When and from where each key was last used.
    last_uses: LastUseRepository;
    /// Members of accounts.
    members: MemberRepository;
    /// One-time links for a new password.
    password_resets: PasswordResetRepository;
    /// Sign-ins that passed the password and wait for the second factor.
    pending_sign_ins: PendingSignInRepository;
    /// How much of each limit of a key is reserved.
    quotas: QuotaRepository;
    /// Sessions of signed-in members.
    sessions: SessionRepository;
    /// Single values by name.
    settings: SettingRepository;
    /// Operator tokens.
    tokens: TokenRepository;
    /// Second factors and recovery codes.
    two_factor: TwoFactorRepository;
}
