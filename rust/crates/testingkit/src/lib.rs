//! Set up by the next commit.
