//! 归档: a closed year taken out into a file of its own, which is read and never changed.
//!
//! An archive is a workbook but for its `format`: so the same reader, checks and lifts hold
//! for both, and it counts its versions as the workbook does. The years before stay in it:
//! a January's commitment binds what changed in the register since December's draw, and
//! could not be verified without that.

use super::refusal::ActionError;
use super::{Workbook, Year};

/// What the `format` field of an archive says.
pub const ARCHIVE_FORMAT: &str = "double-random/archive";

impl Workbook {
    /// Whether this is an archive, of its last year.
    #[must_use]
    pub fn is_archive(&self) -> bool {
        self.format == ARCHIVE_FORMAT
    }

    /// The archive of a year: all that was until then, with the registers as they are.
    ///
    /// # Errors
    /// [`ActionError::NoYear`], or [`ActionError::YearNotClosed`]: what may still change is
    /// not put by.
    pub fn archive(&self, year: i32) -> Result<Self, ActionError> {
        let kept = self.year(year).ok_or(ActionError::NoYear { year })?;
        if kept.closed.is_none() {
            return Err(ActionError::YearNotClosed { year });
        }
        let mut archive = self.clone();
        archive.format = ARCHIVE_FORMAT.into();
        archive.years.retain(|kept: &Year| kept.year <= year);
        Ok(archive)
    }

    /// An archive takes no action whatever.
    pub(super) fn check_not_archive(&self) -> Result<(), ActionError> {
        if self.is_archive() {
            let year = self.last_year().year;
            return Err(ActionError::Archive { year });
        }
        Ok(())
    }
}
