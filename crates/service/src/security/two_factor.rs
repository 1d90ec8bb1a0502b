//! Setting up two-factor codes: a secret for the app, then a first code that shows that the app has it.

use super::codes::{SECRET_BYTES, cannot_open, totp};
use super::recovery::new_codes;
use crate::access::{Actor, Viewer, wrong_code};
use crate::audit::Event;
use crate::error::{Error, invalid};
use crate::keyhatch::Keyhatch;
use crate::random;
use domain::time::Millis;
use qrcode::QrCode;
use qrcode::render::svg;
use secrecy::SecretString;
use serde_json::json;
use store::TwoFactorRow;
use zeroize::Zeroizing;

/// How long a secret waits for its first code, milliseconds: an hour.
const SET_UP_LIFETIME: Millis = 60 * 60 * 1_000;

/// How a member signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityView {
    /// Since when codes are asked for, epoch milliseconds; `None` if they are not.
    pub two_factor_since: Option<Millis>,
    /// How many recovery codes are left.
    pub recovery_codes: usize,
    /// Whether the account requires two-factor codes.
    pub is_required: bool,
}

/// What an app needs to make the codes.
pub struct TwoFactorSetUp {
    /// The secret in base 32, for typing it.
    pub secret: SecretString,
    /// The same as a QR code: a whole `<svg>` element of black on white.
    pub qr_svg: SecretString,
}

impl Keyhatch {
    /// How the viewer signs in.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn security(&self, viewer: &Viewer) -> Result<SecurityView, Error> {
        let factor = self.store().two_factor().find(&viewer.member_id).await?;
        let left = self.store().two_factor().count_recovery_codes(&viewer.member_id).await?;
        Ok(SecurityView {
            two_factor_since: factor.and_then(|factor| factor.confirmed_at),
            recovery_codes: usize::try_from(left).unwrap_or_default(),
            is_required: self
                .store()
                .accounts()
                .requires_two_factor(&viewer.account_id)
                .await?
                .ok_or(Error::NotFound)?,
        })
    }

    /// Makes a secret for the viewer's app. Nothing changes until a first code is shown.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `password`; [`Error::Forbidden`] if codes are asked for already.
    pub async fn begin_two_factor(&self, viewer: &Viewer, password: &SecretString) -> Result<(), Error> {
        self.check_own_password(viewer, password, "password").await?;
        let secret = Zeroizing::new(random::bytes::<SECRET_BYTES>(self.random()));
        let row = TwoFactorRow {
            member_id: viewer.member_id.clone(),
            sealed_secret: self.seal().close(&viewer.member_id, &*secret, self.random()),
            created_at: self.now(),
            confirmed_at: None,
            last_step: 0,
        };
        let mut tx = self.store().begin().await?;
        let before = tx.two_factor().find(&viewer.member_id).await?;
        if before.is_some_and(|before| before.confirmed_at.is_some()) {
            return Err(Error::Forbidden);
        }
        tx.two_factor().upsert(&row).await?;
        Ok(tx.commit().await?)
    }

    /// What the viewer's app needs, if the set-up has begun and not ended.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn two_factor_set_up(&self, viewer: &Viewer) -> Result<Option<TwoFactorSetUp>, Error> {
        let factor = self.store().two_factor().find(&viewer.member_id).await?;
        let Some(factor) = factor.filter(|factor| self.is_waiting(factor)) else { return Ok(None) };
        let secret = self.seal().open(&viewer.member_id, &factor.sealed_secret).ok_or_else(cannot_open)?;
        let totp = totp(&secret, &self.policy().product_name, &viewer.email)?;
        let address = Zeroizing::new(totp.to_url().map_err(|_| Error::Internal)?);
        let code = QrCode::new(address.as_bytes()).map_err(|_| Error::Internal)?;
        let drawn = code.render::<svg::Color<'_>>().min_dimensions(196, 196).build();
        // It stands inside a page, where the declaration of an XML file does not belong.
        let start = drawn.find("<svg").ok_or(Error::Internal)?;
        Ok(Some(TwoFactorSetUp {
            secret: SecretString::from(totp.secret().to_base32()),
            qr_svg: SecretString::from(drawn[start..].to_owned()),
        }))
    }

    fn is_waiting(&self, factor: &TwoFactorRow) -> bool {
        factor.confirmed_at.is_none() && factor.created_at + SET_UP_LIFETIME > self.now()
    }

    /// Asks for codes from now on, once a first one was shown. Answers ten recovery codes, which nobody can see again.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a wrong `code`, or if the set-up has to begin again.
    pub async fn confirm_two_factor(&self, viewer: &Viewer, code: &SecretString) -> Result<Vec<SecretString>, Error> {
        let attempt = self.begin_own_code(viewer)?;
        let (this, viewer, code) = (self.clone(), viewer.clone(), code.clone());
        let codes = self.finish(async move { this.turn_on(&viewer, &code).await }).await?;
        self.throttle().succeeded(attempt);
        Ok(codes)
    }

    async fn turn_on(&self, viewer: &Viewer, code: &SecretString) -> Result<Vec<SecretString>, Error> {
        let now = self.now();
        let codes = new_codes(self.random());
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        let factor = tx.two_factor().find(&viewer.member_id).await?.filter(|factor| self.is_waiting(factor));
        let factor = factor.ok_or_else(|| invalid("code", "This took too long. Begin the set-up again."))?;
        let step = self.first_step(&viewer.member_id, &factor.sealed_secret, code)?.ok_or_else(wrong_code)?;
        tx.two_factor().upsert(&TwoFactorRow { confirmed_at: Some(now), last_step: step, ..factor }).await?;
        tx.two_factor()
            .replace_recovery_codes(&viewer.member_id, &self.recovery_hashes(&viewer.member_id, &codes))
            .await?;
        let event = Event {
            at: now,
            account_id: &viewer.account_id,
            actor: &Actor::Member(viewer.clone()),
            action: "two-factor.on",
            key_id: None,
            details: json!({}),
        };
        self.chain().append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(codes)
    }
}
