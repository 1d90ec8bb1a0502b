//! Enabling and disabling two-factor codes. Enabling takes two acts: creating a secret for the authenticator app, and
//! showing a first code, which proves that the app has it.

use super::Security;
use crate::actor::Viewer;
use crate::credentials::{invalid_code, new_recovery_codes};
use crate::detached::run_detached;
use crate::error::{Error, invalid};
use crate::texts::service_errors as texts;
use domain::time::Millis;
use qrcode::QrCode;
use qrcode::render::svg;
use secrets::{SecretString, random_bytes};
use serde_json::json;
use store::TwoFactorRow;
use zeroize::Zeroizing;

/// What authenticator apps expect: HMAC-SHA1 with a key of 160 bits.
const SECRET_BYTES: usize = 20;
/// How long a secret waits for its first code, in milliseconds: one hour.
const SET_UP_LIFETIME: Millis = 60 * 60 * 1_000;

/// What an authenticator app needs to generate codes.
pub struct TwoFactorSetUp {
    /// The secret in base 32, for typing it.
    pub secret: SecretString,
    /// The same as a QR code: a whole `<svg>` element, black on white.
    pub qr_svg: SecretString,
}

impl Security {
    /// Creates a secret for the viewer's app. Codes are not required until a first one is shown.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `password`; [`Error::Forbidden`] if two-factor codes are already enabled.
    pub async fn begin_two_factor(&self, viewer: &Viewer, password: &SecretString) -> Result<(), Error> {
        self.check_password(viewer, password, "password").await?;
        let secret = Zeroizing::new(random_bytes::<SECRET_BYTES>(&*self.context.random));
        let row = TwoFactorRow {
            member_id: viewer.member_id.clone(),
            sealed_secret: self.credentials.seal_two_factor_secret(&viewer.member_id, &*secret),
            created_at: self.context.now(),
            confirmed_at: None,
            last_step: 0,
        };
        let mut tx = self.context.store.begin().await?;
        let before = tx.two_factor().find(&viewer.member_id).await?;
        if before.is_some_and(|before| before.confirmed_at.is_some()) {
            return Err(Error::Forbidden);
        }
        tx.two_factor().upsert(&row).await?;
        Ok(tx.commit().await?)
    }

    /// What the viewer's app needs, while the set-up waits for its first code.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn find_two_factor_set_up(&self, viewer: &Viewer) -> Result<Option<TwoFactorSetUp>, Error> {
        let factor = self.context.store.two_factor().find(&viewer.member_id).await?;
        let Some(factor) = factor.filter(|factor| self.awaits_first_code(factor)) else { return Ok(None) };
        let totp = self.credentials.totp(&viewer.member_id, &factor.sealed_secret, &viewer.email)?;
        let url = Zeroizing::new(totp.to_url().map_err(|_| Error::Internal)?);
        let code = QrCode::new(url.as_bytes()).map_err(|_| Error::Internal)?;
        let image = code.render::<svg::Color<'_>>().min_dimensions(196, 196).build();
        // It is embedded in a page, where an XML declaration is not allowed.
        let start = image.find("<svg").ok_or(Error::Internal)?;
        Ok(Some(TwoFactorSetUp {
            secret: SecretString::from(totp.secret().to_base32()),
            qr_svg: SecretString::from(image[start..].to_owned()),
        }))
    }

    fn awaits_first_code(&self, factor: &TwoFactorRow) -> bool {
        factor.confirmed_at.is_none() && factor.created_at + SET_UP_LIFETIME > self.context.now()
    }

    /// Enables two-factor codes with a first code. Returns ten recovery codes, which are shown once.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a wrong `code`, or if the set-up must be begun again.
    pub async fn enable_two_factor(&self, viewer: &Viewer, code: &SecretString) -> Result<Vec<SecretString>, Error> {
        let attempt = self.begin_code(viewer)?;
        let (this, viewer, code) = (self.clone(), viewer.clone(), code.clone());
        let codes = run_detached(async move { this.write_enabled(&viewer, &code).await }).await?;
        self.credentials.succeeded(attempt);
        Ok(codes)
    }

    async fn write_enabled(&self, viewer: &Viewer, code: &SecretString) -> Result<Vec<SecretString>, Error> {
        let member_id = &viewer.member_id;
        let now = self.context.now();
        let codes = new_recovery_codes(&*self.context.random);
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        let factor = tx.two_factor().find(member_id).await?.filter(|factor| self.awaits_first_code(factor));
        let factor = factor.ok_or_else(|| invalid("code", texts::two_factor_set_up_expired()))?;
        let step = self.credentials.first_step(member_id, &factor.sealed_secret, code)?.ok_or_else(invalid_code)?;
        tx.two_factor().upsert(&TwoFactorRow { confirmed_at: Some(now), last_step: step, ..factor }).await?;
        tx.two_factor()
            .replace_recovery_codes(member_id, &self.credentials.hash_recovery_codes(member_id, &codes))
            .await?;
        self.record(&mut tx, viewer, ("two_factor.enable", json!({}))).await?;
        tx.commit().await?;
        Ok(codes)
    }

    /// Disables two-factor codes. Requires the password and a code, so that an unattended session is not enough.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `password` or `code`, also if the account requires codes; [`Error::Limited`].
    pub async fn disable_two_factor(
        &self,
        viewer: &Viewer,
        password: &SecretString,
        code: &SecretString,
    ) -> Result<(), Error> {
        self.check_password(viewer, password, "password").await?;
        let attempt = self.begin_code(viewer)?;
        let (this, viewer, code) = (self.clone(), viewer.clone(), code.clone());
        run_detached(async move { this.write_disabled(&viewer, &code).await }).await?;
        self.credentials.succeeded(attempt);
        Ok(())
    }

    async fn write_disabled(&self, viewer: &Viewer, code: &SecretString) -> Result<(), Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        let required_from = tx.accounts().two_factor_required_from(&viewer.account_id).await?.flatten();
        if required_from.is_some_and(|from| from <= self.context.now()) {
            return Err(invalid("code", texts::two_factor_required()));
        }
        self.credentials.accept_code(&mut tx, &viewer.member_id, code).await?.ok_or_else(invalid_code)?;
        tx.two_factor().delete(&viewer.member_id).await?;
        self.record(&mut tx, viewer, ("two_factor.disable", json!({}))).await?;
        Ok(tx.commit().await?)
    }
}
