//! How case systems are read.

use domain::feed::KeptMapping;

use crate::column::fact;

fact! {
    KeptMapping in "feed_mapping" { file, words }
}
