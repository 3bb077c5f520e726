//! Password hashes, with argon2. Argon2 cannot be interrupted: a call that is cancelled while it runs ends with its last
//! pass.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use rustdll::{export, Cancel, Error};

use crate::counts::counted;

/// The most passes over the memory.
const MOST_PASSES: u32 = 64;

/// Hashes a password with a random salt.
///
/// # Errors
///
/// `E_PASSES` if `passes`, the passes over 19 MiB of memory, are not from 2 to 64.
#[export]
pub fn hash_password(password: &str, passes: u32, cancel: &Cancel) -> Result<String, Error> {
    counted(cancel, || {
        if !(2..=MOST_PASSES).contains(&passes) {
            let message = format!("the passes are {passes}, and not from 2 to {MOST_PASSES}");
            return Err(Error::new(message).with_code("E_PASSES"));
        }
        let params = Params::new(Params::DEFAULT_M_COST, passes, 1, None)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Ok(argon2.hash_password(password.as_bytes())?.to_string())
    })
}

/// Returns true if the hash is the password's.
///
/// # Errors
///
/// `E_HASH` if `hash` is none, or asks for more memory or passes than [`hash_password`] would.
#[export]
pub fn verify_password(password: &str, hash: &str, cancel: &Cancel) -> Result<bool, Error> {
    counted(cancel, || {
        let hash = PasswordHash::new(hash).map_err(|error| Error::from(error).with_code("E_HASH"))?;
        let params = Params::try_from(&hash).map_err(|error| Error::from(error).with_code("E_HASH"))?;
        // A hash that a client sends must not decide how much memory is taken.
        if params.m_cost() > Params::DEFAULT_M_COST || params.t_cost() > MOST_PASSES || params.p_cost() > 1 {
            return Err(Error::new("the hash is too expensive").with_code("E_HASH"));
        }
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
}
