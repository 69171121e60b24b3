//! Questions to the register.
