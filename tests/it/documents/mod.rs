//! The JSON documents: what they mean, that they print back, and what is refused.

mod hostile;
mod located;
mod printed;
mod schemas;
mod strategies;
